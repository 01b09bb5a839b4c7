export const parse = (value: any): string => String(value);
