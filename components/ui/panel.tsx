"use client";
import { useId } from "react";

/** A panel asks one question in its heading and answers it below. */
export function Panel({
  title,
  meta,
  tools,
  children,
}: {
  title: string;
  meta?: React.ReactNode;
  tools?: React.ReactNode;
  children: React.ReactNode;
}) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 pt-3 pb-2 narrow:px-3">
        <h2 id={id} className="text-section font-semibold tracking-tight">
          {title}
        </h2>
        {meta ? <span className="text-meta text-muted">{meta}</span> : null}
        {tools ? (
          <span className="ml-auto flex items-center gap-3 text-meta text-muted narrow:ml-0 narrow:w-full">
            {tools}
          </span>
        ) : null}
      </div>
      {children}
    </section>
  );
}
