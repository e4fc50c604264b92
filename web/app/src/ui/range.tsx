// The dates of a screen: presets or days of the account's zone, and what to
// compare them with. The calendar is loaded when it is asked for.
import { getLocalTimeZone } from '@internationalized/date'
import { CalendarDays } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Dialog, DialogTrigger, Popover } from 'react-aria-components'
import * as f from '../lib/format'
import { compareOf, presetOf, rangeNames, type Preset } from '../lib/range'
import type { Patch, Search } from '../lib/search'
import { Button } from './kit'

const Chooser = lazy(() => import('./chooser'))

export type Context = {
  readonly from: string
  readonly to: string
  readonly previousFrom?: string | null
  readonly previousTo?: string | null
}

export function DateRange(p: { search: Search; patch: Patch; context?: Context | null; timeZone?: string; standard?: Preset; plain?: boolean }) {
  const preset = presetOf(p.search, p.standard)
  const compare = compareOf(p.search)
  const zone = p.timeZone ?? getLocalTimeZone()
  const context = p.context
  const label = preset ? rangeNames[preset] : f.dayRange(p.search.from!, p.search.to!)
  return (
    <DialogTrigger>
      <Button className="range-button">
        <span className="sr">Dates:</span>
        <CalendarDays className="i" aria-hidden />
        {context ? f.dayRange(context.from, context.to) : label}
        {context?.previousFrom && !p.plain ? <span className="sub">vs {f.shortDayRange(context.previousFrom, context.previousTo!)}</span> : null}
      </Button>
      <Popover className="pop" placement="bottom end" offset={5}>
        <Dialog aria-label="Dates" style={{ outline: 'none' }}>
          {({ close }) => (
            <Suspense fallback={<span className="skel" style={{ width: 300, height: 320, margin: 14 }} />}>
              <Chooser {...p} preset={preset} compare={compare} zone={zone} context={context ?? null} close={close} />
            </Suspense>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
