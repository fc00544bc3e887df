'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Notice } from '../ui/notice.tsx'
import { TextLink } from '../ui/text-link.tsx'

const POLL_MS = 15_000

/** Calls `changed` whenever something arrives: by server-sent events, or by asking every 15 seconds where those do not get through. */
const listen = (changed: () => void, ended: () => void): (() => void) => {
  let timer: ReturnType<typeof setInterval> | undefined
  let known: string | undefined
  let wasOpen = false
  const stop = () => {
    clearInterval(timer)
    source.close()
  }
  const ask = async () => {
    const response = await fetch('/api/inbox/count', { cache: 'no-store' }).catch(() => null)
    if (response?.status === 401) {
      stop()
      return ended()
    }
    if (!response?.ok) return
    const counts = await response.text()
    if (known !== undefined && known !== counts) changed()
    known = counts
  }
  const poll = () => {
    timer ??= setInterval(ask, POLL_MS)
    void ask()
  }
  const source = new EventSource('/api/inbox/events')
  source.addEventListener('message', changed)
  source.addEventListener('ended', () => {
    stop()
    ended()
  })
  source.addEventListener('open', () => {
    if (wasOpen) changed()
    wasOpen = true
  })
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) poll()
  })
  return stop
}

// What arrives is shown without reloading; a screen reader hears the new count once, politely.
export const LiveInbox = ({ waiting }: { waiting: string }) => {
  const router = useRouter()
  const [ended, setEnded] = useState(false)
  useEffect(
    () =>
      listen(
        () => router.refresh(),
        () => setEnded(true),
      ),
    [router],
  )
  return (
    <>
      <p role="status" className="sr-only">
        {waiting} This page updates by itself.
      </p>
      {ended && (
        <Notice tone="warn" live title="Your session has ended, so this page no longer updates">
          <TextLink href="/sign-in?next=/inbox">Sign in again</TextLink> to see what has arrived since.
        </Notice>
      )}
    </>
  )
}
