'use client'
import { useEffect } from 'react'

const topOf = (element: Element): number => element.getBoundingClientRect().top

/**
 * Hints, answers and refusals come while one types. What stands below them would move, and a click on it would hit something else: so the
 * page scrolls along, and the control that one is in stays where it is on the screen.
 */
export const useStill = (): void =>
  useEffect(() => {
    let at: { element: Element; top: number } | null = null
    const note = () => {
      const element = document.activeElement
      const top = element && element !== document.body ? topOf(element) : -1
      at = element && top >= 0 && top < window.innerHeight ? { element, top } : null
    }
    // It hears of a new height before that is drawn, so nothing is seen to jump.
    const heights = new ResizeObserver(() => {
      if (at && at.element === document.activeElement) window.scrollBy({ top: topOf(at.element) - at.top, behavior: 'instant' })
      note()
    })
    heights.observe(document.body)
    document.addEventListener('focusin', note)
    window.addEventListener('scroll', note, { passive: true })
    return () => {
      heights.disconnect()
      document.removeEventListener('focusin', note)
      window.removeEventListener('scroll', note)
    }
  }, [])
