import { Button } from './parts/button.tsx';
import { Note } from './parts/note.tsx';
import { TopBar } from './parts/top-bar.tsx';

/** What is left when the page itself has failed: what is safe, and the way back. The error goes to the console. */
export function BrokenScreen({ onReload }: { readonly onReload: () => void }) {
  return (
    <div class="frame">
      <TopBar />
      <main class="work">
        <Note tone="bad" icon="bad" alert fact="Leadline stumbled." buttons={<Button onClick={onReload}>Open it again</Button>}>
          The draft and every row that waits are safe in this browser.
        </Note>
      </main>
    </div>
  );
}
