'use client'
import { lazy, type ComponentProps } from 'react'

const Acquisition = lazy(async () => ({ default: (await import('./acquisition-form.tsx')).AcquisitionForm }))
const Declared = lazy(async () => ({ default: (await import('./declared-form.tsx')).DeclaredForm }))
const Disposal = lazy(async () => ({ default: (await import('./disposal-form.tsx')).DisposalForm }))
const Holdings = lazy(async () => ({ default: (await import('./holdings-form.tsx')).HoldingsForm }))
const Withdraw = lazy(async () => ({ default: (await import('./withdraw-form.tsx')).WithdrawForm }))

// Each form comes by itself: whoever notifies a disposal does not load the grid of a declaration. They are functions because what a page of
// the server names may itself come late, and React refuses something late within something late.
export const AcquisitionForm = (props: ComponentProps<typeof Acquisition>) => <Acquisition {...props} />
export const DeclaredForm = (props: ComponentProps<typeof Declared>) => <Declared {...props} />
export const DisposalForm = (props: ComponentProps<typeof Disposal>) => <Disposal {...props} />
export const HoldingsForm = (props: ComponentProps<typeof Holdings>) => <Holdings {...props} />
export const WithdrawForm = (props: ComponentProps<typeof Withdraw>) => <Withdraw {...props} />
