import { Sheet } from '@/app/ui/sheet.tsx'
import { TextLink } from '@/app/ui/text-link.tsx'

/** Three ways, from the one that asks least to the one that trusts least. */
export const HowToCheck = ({ origin }: { origin: string }) => (
  <Sheet title="How to check">
    <ol className="list-decimal space-y-3 pl-5 text-md text-ink-2">
      <li>
        <b className="text-ink">In this browser.</b> Take the receipt of a filing from its page and{' '}
        <TextLink href="/log/check">choose it here</TextLink>. It is checked on your machine, and nothing is sent.
      </li>
      <li>
        <b className="text-ink">With the register’s program</b>, offline: <code>npm run verify -- receipt.batp-receipt.json</code>. Or keep a
        copy of the whole log, which remembers what it saw: <code>npm run verify -- --url {origin}/log</code>
      </li>
      <li>
        <b className="text-ink">With tools of others.</b> The log is served in the formats of C2SP: tlog-tiles, signed notes, tlog-proof.
        Any verifier of these accepts it; each receipt says how to do it by hand.
      </li>
    </ol>
    <p className="mt-4 text-sm text-ink-3">
      A log shows that nothing was changed afterwards. It does not show that what was filed is true: that is what{' '}
      <TextLink href="/about#journey">verification</TextLink> is for.
    </p>
  </Sheet>
)
