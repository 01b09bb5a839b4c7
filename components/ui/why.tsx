"use client";
import { Popover } from "@base-ui/react/popover";

export interface WhyFact {
  label: string;
  value: React.ReactNode;
}

/** "Why this number?": its formula, its inputs, the partition, the time, the source call and the contract version. */
export function Why({ of, formula, facts }: { of: string; formula: React.ReactNode; facts: readonly WhyFact[] }) {
  return (
    <Popover.Root>
      <Popover.Trigger className="quiet-button" aria-label={`Why this number? ${of}`}>
        why?
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" collisionPadding={12} className="z-30">
          <Popover.Popup className="grid max-h-[min(560px,var(--available-height))] w-[min(400px,calc(100vw-24px))] gap-3 overflow-auto rounded border border-control bg-raised p-4 text-ink">
            <Popover.Title className="text-prose font-semibold">{of}: why this number?</Popover.Title>
            <Popover.Description render={<div className="text-table text-muted" />}>{formula}</Popover.Description>
            <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 text-meta">
              {facts.map((fact) => (
                <div key={fact.label} className="contents">
                  <dt className="text-muted">{fact.label}</dt>
                  <dd className="min-w-0 break-words">{fact.value}</dd>
                </div>
              ))}
            </dl>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
