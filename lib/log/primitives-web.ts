import type { Primitives } from './primitives.ts'

/**
 * The browser's own cryptography. Throws a plain Error with a sentence for the person at the screen when there is none (a page over
 * plain http) or when it does not know Ed25519: then nothing was checked, which is not the same as a check that failed.
 */
export const webPrimitives = (subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle): Primitives => {
  if (!subtle) throw new Error('Browsers offer their cryptography only to pages loaded over https. Open this page over https.')
  const importKey = async (publicKey: Uint8Array): Promise<CryptoKey | null> => {
    try {
      return await subtle.importKey('raw', new Uint8Array(publicKey), { name: 'Ed25519' }, false, ['verify'])
    } catch (error) {
      if (error instanceof Error && error.name === 'DataError') return null
      const advice = 'Use a browser of 2025 or later, or check the file with “npm run verify”.'
      throw new Error(`This browser cannot check Ed25519 signatures. ${advice}`, { cause: error })
    }
  }
  return {
    sha256: async (data) => new Uint8Array(await subtle.digest('SHA-256', new Uint8Array(data))),
    verifyEd25519: async (publicKey, message, signature) => {
      if (publicKey.length !== 32 || signature.length !== 64) return false
      const key = await importKey(publicKey)
      return key !== null && subtle.verify({ name: 'Ed25519' }, key, new Uint8Array(signature), new Uint8Array(message))
    },
  }
}
