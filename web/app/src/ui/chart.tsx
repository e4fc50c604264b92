// A line for each step of a series, the earlier range dashed below, and markers
// where something was changed. A table holds the same for screen readers.
import { useEffect, useMemo, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import * as f from '../lib/format'

export type Series = { label: string; values: readonly (number | null)[]; dashed?: boolean; format: (v: number) => string; scale?: 'y' | 'y2'; color?: string }
export type Marker = { index: number; count: number; text: string[] }

const css = (name: string) => {
  const probe = document.createElement('i')
  probe.style.color = `var(${name})`
  document.body.append(probe)
  const color = getComputedStyle(probe).color
  probe.remove()
  return color
}

export function Chart({ days, series, markers = [], partialFrom, height = 210, label }: {
  days: readonly string[]
  series: readonly Series[]
  markers?: readonly Marker[]
  partialFrom?: number | undefined
  height?: number
  label: string
}) {
  const box = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<number | null>(null)
  const [open, setOpen] = useState<number | null>(null)
  const [places, setPlaces] = useState<{ left: number; top: number }[]>([])
  const key = useMemo(() => JSON.stringify([days, series.map((s) => [s.label, s.values, s.scale]), markers, partialFrom]), [days, series, markers, partialFrom])
  const [theme, setTheme] = useState(0)
  useEffect(() => {
    const watch = new MutationObserver(() => setTheme((t) => t + 1))
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    return () => watch.disconnect()
  }, [])
  useEffect(() => {
    const host = box.current!
    const grid = css('--line-soft')
    const ink = css('--ink-3')
    const colors = series.map((s) => css(s.color ?? (s.dashed ? '--ink-3' : '--accent')))
    const narrow = host.clientWidth < 500
    const two = series.some((s) => s.scale === 'y2')
    const axis = (scale: 'y' | 'y2'): uPlot.Axis => {
      const one = series.find((s) => (s.scale ?? 'y') === scale)!
      return {
        scale,
        side: scale === 'y' ? 3 : 1,
        stroke: ink,
        font: '12px Inter, sans-serif',
        size: 58,
        gap: 8,
        grid: { stroke: grid, width: 1, show: scale === 'y' },
        ticks: { show: false },
        space: 46,
        values: (_, ticks) => ticks.map((t) => one.format(t)),
      }
    }
    const range: uPlot.Range.Function = (_, __, max) => [0, (max || 1) * 1.12]
    const plot = new uPlot(
      {
        width: host.clientWidth,
        height,
        padding: [markers.length ? 24 : 10, two ? 0 : 14, 0, 0],
        legend: { show: false },
        cursor: { y: false, points: { size: 8 }, drag: { x: false, y: false } },
        scales: { x: { time: false }, y: { range }, ...(two ? { y2: { range } } : {}) },
        axes: [
          {
            stroke: ink,
            font: '12px Inter, sans-serif',
            grid: { show: false },
            ticks: { show: false },
            gap: 6,
            size: 30,
            space: narrow ? 78 : 88,
            incrs: [1, 2, 3, 5, 7, 10, 14, 30, 60, 90],
            values: (_, ticks) => ticks.map((t) => (Number.isInteger(t) && days[t] ? f.shortDay(days[t]) : '')),
          },
          axis('y'),
          ...(two ? [axis('y2')] : []),
        ],
        series: [
          {},
          ...series.map((s, i) => ({
            scale: s.scale ?? 'y',
            stroke: colors[i]!,
            width: s.dashed ? 1.5 : 2,
            ...(s.dashed ? { dash: [4, 4] } : {}),
            ...(i === 0 ? { fill: (u: uPlot) => shade(u, colors[0]!) } : {}),
            points: { show: days.length === 1, size: 7 },
          })),
        ],
        hooks: {
          setCursor: [(u) => setAt(u.cursor.idx ?? null)],
          draw: [
            (u) => {
              setPlaces(markers.map((m) => ({ left: u.valToPos(m.index, 'x') + u.over.offsetLeft, top: 0 })))
              if (partialFrom === undefined) return
              const x = u.valToPos(partialFrom - 0.5, 'x', true)
              u.ctx.save()
              u.ctx.fillStyle = grid
              u.ctx.globalAlpha = 0.6
              u.ctx.fillRect(x, u.bbox.top, u.bbox.left + u.bbox.width - x, u.bbox.height)
              u.ctx.restore()
            },
          ],
        },
      },
      [days.map((_, i) => i), ...series.map((s) => [...s.values])] as uPlot.AlignedData,
      host,
    )
    const watch = new ResizeObserver(() => {
      if (host.clientWidth && host.clientWidth !== plot.width) plot.setSize({ width: host.clientWidth, height })
    })
    watch.observe(host)
    return () => {
      watch.disconnect()
      plot.destroy()
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- key stands for what is drawn
  }, [key, height, theme])
  const i = at ?? days.length - 1
  return (
    <figure className="chart" aria-label={label}>
      <div className="legend" aria-hidden>
        {days[i] ? <span>{f.weekday(days[i])}</span> : null}
        {series.map((s) => (
          <span key={s.label} className={`key ${s.dashed ? 'dash' : ''}`} style={{ '--c': `var(${s.color ?? (s.dashed ? '--ink-3' : '--accent')})` } as never}>
            {s.label} <b>{s.values[i] == null ? f.none : s.format(s.values[i])}</b>
          </span>
        ))}
      </div>
      <div style={{ position: 'relative' }}>
        <div ref={box} style={{ minHeight: height }} />
        {markers.map((m, n) =>
          places[n] ? (
            <button
              key={m.index}
              className="mark"
              style={{ left: places[n].left, top: 0 }}
              aria-expanded={open === n}
              onClick={() => setOpen(open === n ? null : n)}
              onMouseEnter={() => setOpen(n)}
              onMouseLeave={() => setOpen(null)}
              onFocus={() => setOpen(n)}
              onBlur={() => setOpen(null)}
            >
              <i>{m.count}</i>
              <span className="sr">
                {m.count === 1 ? 'change' : 'changes'} on {f.shortDay(days[m.index]!)}: {m.text.join('; ')}
              </span>
              {open === n ? (
                <span className="tip" style={{ position: 'absolute', top: 26, left: places[n].left > 400 ? 'auto' : 0, right: places[n].left > 400 ? 0 : 'auto', width: 'max-content', textAlign: 'left' }}>
                  {m.text.map((t) => (
                    <div key={t}>{t}</div>
                  ))}
                </span>
              ) : null}
            </button>
          ) : null,
        )}
      </div>
      <table className="sr">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {series.map((s) => (
              <th key={s.label} scope="col">
                {s.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((d, n) => (
            <tr key={d}>
              <th scope="row">{f.day(d)}</th>
              {series.map((s) => (
                <td key={s.label}>{s.values[n] == null ? 'not known' : s.format(s.values[n])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

function shade(u: uPlot, color: string) {
  const g = u.ctx.createLinearGradient(0, u.bbox.top, 0, u.bbox.top + u.bbox.height)
  const parts = /\d+(\.\d+)?/g
  const [r, gr, b] = color.match(parts) ?? ['0', '0', '0']
  g.addColorStop(0, `rgba(${r}, ${gr}, ${b}, 0.16)`)
  g.addColorStop(1, `rgba(${r}, ${gr}, ${b}, 0)`)
  return g
}
