// A list as a file: the server writes it, with all rows and the totals.
import { post } from '../relay/environment'
import { failureOf, RequestError } from '../relay/errors'
import { toast } from '../ui/toast'

export async function download(request: Record<string, unknown>): Promise<void> {
  toast('Preparing the file…')
  try {
    const answer = await post('/export', request)
    if (!answer.ok) {
      const body = (await answer.json().catch(() => ({}))) as { errors?: { message: string }[] }
      throw new RequestError(failureOf(body.errors ?? [], answer.headers.get('Retry-After')))
    }
    // Reading to the end fails if the file broke off, so a part of it is never saved.
    const blob = await answer.blob()
    const name = /filename="?([^";]+)"?/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? 'export.csv'
    const link = document.createElement('a')
    link.href = URL.createObjectURL(blob)
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 30_000)
    toast(`Saved ${name}`)
  } catch (e) {
    toast(`No file: ${e instanceof RequestError ? e.failure.message : 'the connection broke off before the end.'}`, { bad: true, action: { label: 'Try again', do: () => void download(request) } })
  }
}
