/** @type {import('next').NextConfig} */
const config = {
  agentRules: false,
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  serverExternalPackages: ['@electric-sql/pglite', 'pg-boss', 'postgres', 'pino', '@node-rs/argon2'],
  experimental: { serverActions: { bodySizeLimit: '1mb' } },
}
export default config
