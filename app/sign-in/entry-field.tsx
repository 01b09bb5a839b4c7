interface Props {
  name: string;
  label: string;
  type: "email" | "password" | "text";
  autoComplete: string;
  value?: string | undefined;
  help?: string | undefined;
  error?: string | undefined;
}

/** A labelled input. Its error is tied to it, so that it is read out with the field. */
export function EntryField({ name, label, type, autoComplete, value, help, error }: Props) {
  const describedBy = [error && `${name}-error`, help && `${name}-help`].filter(Boolean).join(" ");
  return (
    <div className="grid gap-1">
      <label htmlFor={name} className="text-table font-medium">
        {label}
      </label>
      <input
        id={name}
        name={name}
        type={type}
        required
        autoComplete={autoComplete}
        defaultValue={value}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={describedBy || undefined}
        className="h-9 w-full rounded border border-control bg-surface px-[10px] text-prose text-ink aria-invalid:border-bad"
      />
      {error === undefined ? null : (
        <p id={`${name}-error`} className="text-meta text-bad">
          {error}
        </p>
      )}
      {help === undefined ? null : (
        <p id={`${name}-help`} className="text-meta text-muted">
          {help}
        </p>
      )}
    </div>
  );
}
