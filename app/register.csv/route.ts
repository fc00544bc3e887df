import { downloadRegister } from '@/lib/api/downloads.ts'

export const GET = downloadRegister
