import { randomUUID } from 'node:crypto'
import postgres from 'postgres'

export type Fresh = { url: string; drop: () => Promise<void> }

/** A database of its own on a server, empty or a copy of one that nobody is connected to; gone after `drop()`, whoever still is. */
export const freshDatabase = async (server: string, prefix: string, copyOf?: Fresh): Promise<Fresh> => {
  const name = `${prefix}_${randomUUID().replaceAll('-', '')}`
  const admin = postgres(server, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${name}${copyOf ? ` template ${new URL(copyOf.url).pathname.slice(1)}` : ''}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const drop = async () => {
    await admin.unsafe(`drop database if exists ${name} with (force)`)
    await admin.end()
  }
  return { url: url.href, drop }
}
