// Changes a budget: in the account's currency, asking again when it more than
// doubles or halves.
import { useState } from 'react'
import { useEdit, type Level } from '../lib/edit'
import * as f from '../lib/format'
import { Button, Dialog } from '../ui/kit'

export type BudgetItem = { id: string; name: string; version: number; budget: { readonly type?: string; readonly amount: { readonly micros: string; readonly amount: string; readonly currency: string } } }

export function Budget({ account, level, item, onClose }: { account: string; level: Level; item: BudgetItem; onClose: () => void }) {
  const { edit } = useEdit(level, account)
  const { amount, currency, micros: old } = item.budget.amount
  const [text, setText] = useState(String(Number(amount)))
  const [sure, setSure] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const micros = f.microsOf(text)
  const large = micros !== null && (BigInt(micros) > BigInt(old) * 2n || BigInt(micros) * 2n < BigInt(old))
  const save = async () => {
    if (micros === null || micros === '0') {
      setWrong('An amount is a number above 0, such as 250 or 99.50.')
      return
    }
    if (large && !sure) {
      setSure(true)
      return
    }
    setBusy(true)
    const problems = await edit([item], { budgetMicros: micros }, 'Changed the budget of')
    setBusy(false)
    if (problems.length) setWrong(problems[0]!.message)
    else onClose()
  }
  return (
    <Dialog
      open
      title="Change the budget"
      text={item.name}
      onClose={onClose}
      end={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" isDisabled={busy || micros === old} onPress={() => void save()}>
            {busy ? 'Saving…' : large && sure ? 'Yes, change it' : 'Save'}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(e) => {
          e.preventDefault()
          void save()
        }}
      >
        <label className="field">
          <span className="label">{item.budget.type === 'LIFETIME' ? 'Budget for the whole run' : 'Budget for a day'}</span>
          <span className="affix">
            <span>{currency}</span>
            <input
              inputMode="decimal"
              autoFocus
              aria-invalid={wrong !== null}
              value={text}
              onChange={(e) => {
                setText(e.target.value)
                setSure(false)
                setWrong(null)
              }}
            />
          </span>
          {wrong ? (
            <span className="wrong" role="alert">
              {wrong}
            </span>
          ) : (
            <span className="hint">Now {f.money(amount, currency)}. It counts from the next auction on.</span>
          )}
        </label>
      </form>
      {large && sure && micros ? (
        <div className="notice warn" role="alert">
          That is {BigInt(micros) > BigInt(old) ? 'more than twice' : 'less than half'} of the present budget. Is {f.money(text.trim(), currency)} what you mean?
        </div>
      ) : null}
    </Dialog>
  )
}
