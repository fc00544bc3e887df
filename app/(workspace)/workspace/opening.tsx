import type { ReactNode } from 'react'
import { plural } from '@/lib/shared/format.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { PlainText } from '../../ui/plain-text.tsx'
import { LiveInbox } from '../live-inbox.tsx'
import { greeting } from './words.ts'

type Props = { now: Date; sentences: readonly (string | false)[]; waiting: number; actions?: ReactNode }

// The first sentence says what matters; what arrives meanwhile changes it without reloading.
export const Opening = ({ now, sentences, waiting, actions }: Props) => (
  <>
    <LiveInbox waiting={`${plural(waiting, 'message waits', 'messages wait')} for acknowledgement.`} />
    <PageHeader title={greeting(now.getUTCHours())} lead={<PlainText>{sentences.filter(Boolean).join(' ')}</PlainText>} actions={actions} />
  </>
)
