'use client'
import { lazy } from 'react'

// Each form comes by itself: whoever notifies a disposal does not load the grid of a declaration.
export const AcquisitionForm = lazy(async () => ({ default: (await import('./acquisition-form.tsx')).AcquisitionForm }))
export const DeclaredForm = lazy(async () => ({ default: (await import('./declared-form.tsx')).DeclaredForm }))
export const DisposalForm = lazy(async () => ({ default: (await import('./disposal-form.tsx')).DisposalForm }))
export const HoldingsForm = lazy(async () => ({ default: (await import('./holdings-form.tsx')).HoldingsForm }))
export const WithdrawForm = lazy(async () => ({ default: (await import('./withdraw-form.tsx')).WithdrawForm }))
