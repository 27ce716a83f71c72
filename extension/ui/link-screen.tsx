import { useState } from 'preact/hooks';
import type { LinkFlow, LinkView } from '../flow/link-flow.ts';
import type { Host } from './host.ts';
import { LinkForm } from './link-form.tsx';
import { type LinkMend, type LinkTrouble, linkTrouble, REFUSALS } from './link-words.ts';
import { size } from './numbers.ts';
import { Button } from './parts/button.tsx';
import { FileButton } from './parts/file-button.tsx';
import { Foot } from './parts/foot.tsx';
import { Icon } from './parts/icon.tsx';
import { Note } from './parts/note.tsx';

type Open = Exclude<LinkView, { kind: 'closed' }>;
type LinkScreenProps = {
  readonly view: Open;
  readonly links: LinkFlow;
  readonly host: Host;
  /** An unfinished draft's file, which this one takes the place of. */
  readonly instead: string | null;
  readonly onFile: (file: File) => void;
};

/** A link on its way to be a file: what it is, whose permission it needs, how far it is, or why there is none. */
export function LinkScreen({ view, links, host, instead, onFile }: LinkScreenProps) {
  return (
    <>
      <main class={host.place === 'tab' ? 'work narrow' : 'work home'} aria-busy={view.kind === 'fetching' ? 'true' : undefined}>
        {view.kind !== 'refused' && <LinkHead link={view.link} />}
        <LinkBody view={view} links={links} host={host} onFile={onFile} />
        {instead !== null && view.kind !== 'refused' && view.kind !== 'failed' && (
          <p class="small faint">It takes the place of {instead}, which is not imported yet.</p>
        )}
      </main>
      <Foot tally={null}>
        <Button onClick={links.cancel}>{view.kind === 'fetching' ? 'Cancel' : 'Back'}</Button>
      </Foot>
    </>
  );
}

function LinkHead({ link }: { readonly link: Extract<Open, { link: unknown }>['link'] }) {
  return (
    <div class="row waiting-head">
      <span class="tile">
        <Icon name="link" />
      </span>
      <div class="stack stack-1">
        <p class="strong cut">{link.fileName || link.host}</p>
        <p class="dim cut">Link to {link.host}</p>
      </div>
    </div>
  );
}

function LinkBody({ view, links, host, onFile }: Omit<LinkScreenProps, 'instead'>) {
  switch (view.kind) {
    case 'refused':
      return (
        <>
          <h1>This link can’t be used</h1>
          <Trouble trouble={REFUSALS[view.refusal]} text={view.text} address={null} links={links} host={host} onFile={onFile} />
        </>
      );
    case 'shown':
      return (
        <>
          <div class="lede">
            <h1>This page only shows the file</h1>
            <p>
              {view.raw.service} keeps the file itself at {view.raw.link.host}. Leadline can get it from there.
            </p>
          </div>
          <div class="row wrap">
            <Button look="primary" onClick={() => void links.openRaw()}>
              Get the file itself
            </Button>
            <Button look="quiet" onClick={() => void links.openAsIs()}>
              Use the link as it is
            </Button>
          </div>
        </>
      );
    case 'asking':
      return <Asking view={view} links={links} />;
    case 'fetching':
      return (
        <div class="stack">
          <h1>Getting the file</h1>
          <progress class="fetch" aria-label="Downloaded" {...(view.total === null ? {} : { value: view.bytes, max: view.total })} />
          <p class="dim num">
            {view.bytes === 0
              ? `Waiting for ${view.link.host}`
              : view.total === null
                ? size(view.bytes)
                : `${size(view.bytes)} of ${size(view.total)}`}
          </p>
        </div>
      );
    case 'failed':
      return (
        <>
          <h1>There is no file yet</h1>
          <Trouble
            trouble={linkTrouble(view.failure, view.link.host)}
            text=""
            address={view.link.address}
            links={links}
            host={host}
            onFile={onFile}
          />
        </>
      );
  }
}

function Asking({ view, links }: { readonly view: Extract<Open, { kind: 'asking' }>; readonly links: LinkFlow }) {
  const [keep, setKeep] = useState(false);
  const { site, link, wasRefused } = view;
  const leadsOn = site.host !== link.host;
  return (
    <div class="stack stack-4">
      <div class="lede">
        <h1>{leadsOn ? 'One more site' : 'Get this file'}</h1>
        <p>
          {leadsOn ? `${link.host} sends the download on to ${site.host}. ` : ''}
          Leadline fetches it in this browser, with your own sign-in at {site.host}. For that it needs your permission for this one site;
          the server never sees the link.
        </p>
      </div>
      {wasRefused && (
        <Note tone="warn" icon="shield" fact="Permission was not given." alert>
          Nothing was fetched. You can allow it now, or save the file and choose it.
        </Note>
      )}
      <label class="check">
        <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
        <span>Keep access to this site</span>
      </label>
      <p class="small faint">Without it, access is given back as soon as the file is here.</p>
      <div>
        <Button look="primary" onClick={() => void links.allow(keep)}>
          Allow {site.host}
        </Button>
      </div>
    </div>
  );
}

type TroubleProps = Omit<LinkScreenProps, 'view' | 'instead'> & {
  readonly trouble: LinkTrouble;
  readonly text: string;
  /** What a tab can open; null where it cannot. */
  readonly address: string | null;
};

function Trouble({ trouble, text, address, links, host, onFile }: TroubleProps) {
  const button = (mend: LinkMend, isFirst: boolean) => {
    const look = isFirst ? { look: 'primary' as const } : {};
    switch (mend) {
      case 'again':
        return (
          <Button {...look} onClick={() => void links.again()}>
            Try again
          </Button>
        );
      case 'openPage':
        return (
          address !== null && (
            <Button {...look} onClick={() => host.openAddress(address)}>
              Open the page
            </Button>
          )
        );
      case 'chooseFile':
        return (
          <FileButton
            primary={isFirst}
            onElsewhere={host.chooseInTab}
            onFile={(file) => {
              links.cancel();
              onFile(file);
            }}
          >
            Choose file
          </FileButton>
        );
      case 'otherLink':
        return null;
    }
  };
  return (
    <>
      <Note tone="bad" icon="bad" alert fact={trouble.fact}>
        {trouble.advice}
      </Note>
      <div class="row wrap">{trouble.mends.map((mend, index) => button(mend, index === 0))}</div>
      {trouble.mends.includes('otherLink') && (
        <section class="stack ruled-top">
          <LinkForm text={/^\s*[a-z][\w+.-]*:(?!\/\/)/i.test(text) ? '' : text} onLink={(given) => void links.open(given)} />
        </section>
      )}
    </>
  );
}
