import { registerHooks } from 'node:module'

const DRIZZLE = '/node_modules/drizzle-orm/'

/**
 * Node reads a package's exports again for each of its modules, and drizzle names 447 for 500 modules: more than half a second and 270 MB
 * before anything runs. While `load` runs, what drizzle imports from beside itself is taken for what it is.
 */
export const importQuickly = async <T>(load: () => Promise<T>): Promise<T> => {
  const hooks = registerHooks({
    resolve: (specifier, context, next) => (specifier.startsWith('.') && context.parentURL?.includes(DRIZZLE)
      ? { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true }
      : next(specifier, context)),
  })
  try {
    return await load()
  } finally {
    hooks.deregister()
  }
}
