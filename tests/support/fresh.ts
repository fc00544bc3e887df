import { randomUUID } from 'node:crypto'
import postgres from 'postgres'

export type Fresh = { url: string; drop: () => Promise<void> }

/** An empty database of its own on a server; gone after `drop()`, whoever is still connected to it. */
export const freshDatabase = async (server: string, prefix: string): Promise<Fresh> => {
  const name = `${prefix}_${randomUUID().replaceAll('-', '')}`
  const admin = postgres(server, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const drop = async () => {
    await admin.unsafe(`drop database if exists ${name} with (force)`)
    await admin.end()
  }
  return { url: url.href, drop }
}
