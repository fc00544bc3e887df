import { Tabs } from '../../ui/tabs.tsx'

const PAGES = { '': 'Overview', '/deliveries': 'Deliveries', '/audit': 'Audit', '/accounts': 'Accounts' } as const

export const SecretariatTabs = ({ current }: { current: keyof typeof PAGES }) => (
  <Tabs
    label="Secretariat"
    items={Object.entries(PAGES).map(([path, label]) => ({ href: `/secretariat${path}`, label, current: path === current }))}
  />
)
