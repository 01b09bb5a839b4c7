/** Why the form did not go through: read out when it appears, and never by colour alone. */
export function EntryError({ message }: { message: string | null }) {
  return (
    <div role="alert">
      {message === null ? null : (
        <p className="flex gap-2 rounded border border-bad px-3 py-2 text-table text-ink">
          <span className="text-bad" aria-hidden="true">
            ◆
          </span>
          {message}
        </p>
      )}
    </div>
  );
}
