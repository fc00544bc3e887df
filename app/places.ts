import type { CategoryCode } from '@/lib/taxonomy/rules.ts'

/** Where on a filing's page a figure stands: its field, by its pointer in the payload, or its category's total or first line. */
export const placeId = (at: string): string => `field${at.replaceAll('/', '-')}`
export const totalId = (category: CategoryCode): string => `total-${category}`
export const linesId = (category: CategoryCode): string => `lines-${category}`

/** The address of a declared total, and of a declared figure such as 'active.land'. */
export const totalAddress = (filing: string, category: CategoryCode): string => `/register/${filing}#${totalId(category)}`
export const figureAddress = (filing: string, figure: string): string => `/register/${filing}#${placeId(`/${figure.replaceAll('.', '/')}`)}`
