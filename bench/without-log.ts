// Preloaded into the server that is measured without a log: it is told that none is set up.
Object.assign(globalThis, { batpLog: Promise.resolve(null) })
