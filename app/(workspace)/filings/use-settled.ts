'use client'
import { useEffect, useRef } from 'react'

/**
 * Runs `work` once `key` has changed and then been quiet for `delay` ms; never twice at the same time, and once more where the key
 * changed meanwhile. Server actions are sent one after another: a second one waiting behind a slow first would only be stale.
 */
export const useSettled = (key: string, delay: number, work: () => Promise<unknown>, enabled = true, atOnce = false): void => {
  const latest = useRef({ key, work })
  const running = useRef(false)
  const done = useRef(atOnce ? null : key)
  useEffect(() => {
    latest.current = { key, work }
  })
  useEffect(() => {
    if (!enabled || done.current === key) return
    const run = async () => {
      if (running.current) return
      running.current = true
      while (done.current !== latest.current.key) {
        done.current = latest.current.key
        await latest.current.work().catch(() => {})
      }
      running.current = false
    }
    const timer = setTimeout(run, delay)
    return () => clearTimeout(timer)
  }, [key, delay, enabled])
}
