/** What a form says where no answer came. */
export const OFFLINE = {
  ok: false,
  error: { code: 'internal', message: 'The server could not be reached, or your session has ended. What you typed stays on this page.', fields: [] },
} as const
