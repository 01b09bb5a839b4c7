"use client";

/** The last resort, when the root layout itself failed: no styles, no fonts, nothing that could fail again. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main>
          <title>Failed · Tidemark</title>
          <h1>Tidemark could not make this page</h1>
          <p>The cause is in the server&apos;s log. Measuring goes on without the page.</p>
          <button type="button" onClick={reset}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
