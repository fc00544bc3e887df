/** A sheet that nobody sees says from which template a workbook was made. */
export const TEMPLATE_SHEET = '_batp'
export const TEMPLATE_NAME = 'declaration.holdings'
export const TEMPLATE_VERSION = 1
