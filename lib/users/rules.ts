/** Failures within 15 minutes after which an account, or an address, waits. Short, so that nobody can shut a ministry out. */
export const MAX_FAILURES_OF_ACCOUNT = 8
export const MAX_FAILURES_OF_ADDRESS = 60
export const WAIT_MINUTES = 15
/** A session ends after 12 hours, or 30 minutes without use (ASVS 7.3). */
export const SESSION_HOURS = 12
export const MIN_PASSWORD = 15

export const isThrottled = (failures: { of_account: number; of_ip: number }): boolean =>
  failures.of_account >= MAX_FAILURES_OF_ACCOUNT || failures.of_ip >= MAX_FAILURES_OF_ADDRESS
