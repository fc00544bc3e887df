/** Builds for production unless the last build was of the same sources. Resolves to the output of a build that failed, else null. */
export declare const ensureBuilt: (node: string) => Promise<string | null>
