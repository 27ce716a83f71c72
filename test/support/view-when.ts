import type { ImportFlow } from '../../extension/flow/import-flow.ts';
import type { ImportView } from '../../extension/flow/view.ts';

/** Waits until a flow's view is as asked. */
export function viewWhen(flow: ImportFlow, isAsAsked: (view: ImportView) => boolean): Promise<ImportView> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not seen; the view is ${JSON.stringify(flow.view()).slice(0, 600)}`)), 15_000);
    const look = () => {
      const view = flow.view();
      if (!isAsAsked(view)) return;
      clearTimeout(late);
      stop();
      resolve(view);
    };
    const stop = flow.subscribe(look);
    look();
  });
}
