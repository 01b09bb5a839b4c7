export function page(feeds: string[], load: (feed: string) => Promise<void>): void {
  feeds.forEach(async (feed) => {
    await load(feed);
  });
}
