"use client";
import { Select } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";

const ANY = "any";

/** One of a few values, or any. */
export function Choice({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly string[];
  onChange: (value: string) => void;
}) {
  return (
    <Select.Root<string>
      value={value === "" ? ANY : value}
      onValueChange={(next) => onChange(next === null || next === ANY ? "" : next)}
    >
      <Select.Trigger
        aria-label={`${label}: ${value === "" ? ANY : value}`}
        data-on={value === "" ? undefined : true}
        className="inline-flex h-8 max-w-60 items-center gap-[6px] rounded border bg-surface px-[10px] text-table font-medium data-on:border-ink data-on:shadow-[inset_0_0_0_1px_var(--ink)] narrow:h-9"
      >
        {label}
        <Select.Value className="truncate font-normal text-muted" />
        <Select.Icon className="text-muted">
          <ChevronDown size={12} aria-hidden />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-30">
          <Select.Popup className="max-h-[min(360px,var(--available-height))] min-w-40 overflow-auto rounded border border-control bg-raised py-1 text-table text-ink">
            {[ANY, ...options].map((option) => (
              <Select.Item
                key={option}
                value={option}
                className="flex h-8 cursor-pointer items-center gap-2 px-3 outline-none data-highlighted:bg-accent-soft narrow:h-9"
              >
                <span className="size-4">
                  <Select.ItemIndicator>
                    <Check size={14} aria-hidden />
                  </Select.ItemIndicator>
                </span>
                <Select.ItemText>{option}</Select.ItemText>
              </Select.Item>
            ))}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
