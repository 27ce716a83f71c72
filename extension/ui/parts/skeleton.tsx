/** The shape of a table that is on its way. */
export function Skeleton({ rows, columns }: { readonly rows: number; readonly columns: number }) {
  return (
    <div class="skeleton" aria-hidden="true">
      {Array.from({ length: rows * columns }, (_, index) => (
        // Placeholders have no other identity.
        <span key={index} class="skel" style={{ width: `${40 + ((index * 37) % 50)}%` }} />
      ))}
    </div>
  );
}
