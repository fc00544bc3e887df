import { acquisition } from './acquisition.ts'
import { disposal } from './disposal.ts'
import { holdings } from './holdings.ts'
import type { AnyKind } from './kind.ts'

/** Every kind of filing. A new one is a module here and a form; nothing else changes. */
export const KINDS = [acquisition, disposal, holdings] as const
export const KIND_NAMES = ['notification.acquisition', 'notification.disposal', 'declaration.holdings'] as const
export type KindName = (typeof KINDS)[number]['kind']

const BY_NAME = new Map<string, AnyKind>(KINDS.map((kind) => [kind.kind, kind as AnyKind]))
export const isKind = (name: unknown): name is KindName => BY_NAME.has(name as string)
export const kindOf = (name: KindName): AnyKind => BY_NAME.get(name)!
