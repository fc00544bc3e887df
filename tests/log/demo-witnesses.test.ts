import process from 'node:process'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { anonymousCaller } from '../../lib/auth/guard.ts'
import { getCosigned, listWitnesses } from '../../lib/log/queries.ts'
import { startDemoWitnesses } from '../../scripts/demo-witnesses.ts'
import { collecting, file, until } from './collect-ground.ts'

beforeAll(() => { Object.assign(process.env, { BATP_DEMO: '1' }) })

const witnesses = async () => (await listWitnesses(anonymousCaller(), {})).map(({ name, participant, vkey, url }) => ({ name, participant, vkey, url }))
const isCosigned = async (size: number): Promise<void> => {
  await until('the quorum', async () => (await getCosigned(anonymousCaller(), {})).met?.size === size)
}

test('the demonstration has three witnesses, the same after a restart, at the ports that they listen at then', async () => {
  const stop = await startDemoWitnesses()
  const first = await witnesses()
  expect(first.map(({ name, participant }) => [name, participant]).toSorted()).toEqual([['HR', 'HR'], ['OSCE', null], ['RS', 'RS']])
  const stopCollecting = collecting()
  await isCosigned(await file())
  await stopCollecting()
  await stop()
  const stopAgain = await startDemoWitnesses()
  onTestFinished(stopAgain)
  const second = await witnesses()
  expect(second.map(({ vkey }) => vkey)).toEqual(first.map(({ vkey }) => vkey))
  collecting()
  await isCosigned(await file())
})
