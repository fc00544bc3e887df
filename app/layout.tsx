import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import '@fontsource-variable/inter'
import '@fontsource-variable/source-serif-4'
import './globals.css'
import { siteName } from './ui/brand.tsx'

export const metadata: Metadata = {
  title: { template: `%s · ${siteName}`, default: siteName },
  description: 'A register of arms holdings, acquisitions and activities that seven participants can all rely on.',
  applicationName: siteName,
  formatDetection: { telephone: false, date: false, address: false, email: false },
}

export const viewport: Viewport = { themeColor: '#ffffff', colorScheme: 'light' }

// Loads no viewer: each route group does that in its own layout, so that public pages read no session.
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <a href="#main" className="skip-link sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-20 focus:bg-sheet
          focus:px-4 focus:py-2">Skip to content</a>
        {children}
      </body>
    </html>
  )
}
