import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';

/** Takes a file dropped anywhere on the page, and shows that it would. */
export function DropAnywhere({ onFile }: { readonly onFile: (file: File) => void }) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    let depth = 0; // enter and leave come once per element under the pointer
    const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const leave = () => {
      depth = 0;
      setOver(false);
    };
    const on = {
      dragenter: (event: DragEvent) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        depth++;
        setOver(true);
      },
      dragover: (event: DragEvent) => {
        if (hasFile(event)) event.preventDefault();
      },
      dragleave: () => {
        depth--;
        if (depth <= 0) leave();
      },
      drop: (event: DragEvent) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        leave();
        const file = event.dataTransfer?.files[0];
        if (file) onFile(file);
      },
    } as const;
    document.addEventListener('dragenter', on.dragenter);
    document.addEventListener('dragover', on.dragover);
    document.addEventListener('dragleave', on.dragleave);
    document.addEventListener('drop', on.drop);
    return () => {
      document.removeEventListener('dragenter', on.dragenter);
      document.removeEventListener('dragover', on.dragover);
      document.removeEventListener('dragleave', on.dragleave);
      document.removeEventListener('drop', on.drop);
    };
  }, [onFile]);
  return isOver ? (
    <div class="drop" aria-hidden="true">
      <p>
        <Icon name="file" />
        Drop the file to read it
      </p>
    </div>
  ) : null;
}
