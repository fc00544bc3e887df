const everywhere = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=()' },
]

/** @type {import('next').NextConfig} */
const config = {
  agentRules: false,
  distDir: process.env.BATP_BUILD_DIR ?? '.next',
  poweredByHeader: false,
  typescript: { ignoreBuildErrors: true },
  productionBrowserSourceMaps: false,
  serverExternalPackages: ['@electric-sql/pglite', 'pg-boss', 'postgres', 'pino', '@node-rs/argon2', 'pdfkit'],
  // As much as the API takes for a filing, for drafts of 20,000 lines; proxy.ts lets only those who have signed in send more than a form.
  // A page's code is loaded with its first request: loading all of it at the start doubles the start and adds a tenth of the memory.
  experimental: { serverActions: { bodySizeLimit: '8mb' }, authInterrupts: true, preloadEntriesOnStart: false },
  headers: async () => [{ source: '/:path*', headers: everywhere }],
}
export default config
