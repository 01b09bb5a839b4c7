export const clock = performance;
