export const notify = (url: string) => fetch(url);
