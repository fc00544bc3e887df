import type { ReactNode } from 'react'
import { Foot, Navigation } from '@/app/navigation.tsx'
import { Main } from '@/app/ui/main.tsx'

export default function PublicLayout({ children }: { children: ReactNode }) {
  return <><Navigation /><Main>{children}</Main><Foot /></>
}
