import { entryAddress } from './log-words.ts'
import { TextLink } from './ui/text-link.tsx'

/** 'entry 123', leading to it in the list of the log. */
export const EntryLink = ({ index }: { index: number }) => <TextLink href={entryAddress(index)} className="whitespace-nowrap">entry {index}</TextLink>
