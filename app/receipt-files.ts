import type { FileAnswer, Format } from '@/lib/api/edge.ts'
import { fileName, type ReceiptPackage } from '@/lib/proof/package.ts'
import { getReceiptPackage, getReceiptSheet } from '@/lib/proof/queries.ts'
import { receiptSheet } from './receipt-sheet.ts'

const proofFile = ({ filing, proof }: ReceiptPackage): FileAnswer =>
  ({ name: `${fileName(filing)}.tlog-proof`, type: 'text/plain; charset=utf-8', body: proof })

const packageFile = (receipt: ReceiptPackage): FileAnswer =>
  ({ name: `${fileName(receipt.filing)}.batp-receipt.json`, type: 'application/json; charset=utf-8', body: `${JSON.stringify(receipt, null, 2)}\n` })

/** The receipt as files. The page for paper takes some 50 ms to draw, so it is given as often as other downloads. */
export const receiptFiles: Readonly<Record<string, Format>> = {
  'tlog-proof': { operation: getReceiptPackage, file: proofFile },
  'package': { operation: getReceiptPackage, file: packageFile },
  'pdf': { operation: getReceiptSheet, file: receiptSheet, limit: 'export' },
}
