import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The clone may lie below another project with a lockfile of its own.
  turbopack: { root: import.meta.dirname },
  serverExternalPackages: ["pg", "@prisma/adapter-pg", "@prisma/client", "graphile-worker", "@platformatic/kafka"],
  // `tsc` checks every file in `npm run test:fast`; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  ...(process.env.TIDEMARK_STANDALONE ? { output: "standalone" as const } : {}),
};

export default config;
