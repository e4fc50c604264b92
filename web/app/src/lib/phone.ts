import { useSyncExternalStore } from 'react'

const query = typeof matchMedia === 'undefined' ? null : matchMedia('(max-width: 720px)')

// Whether the window is as narrow as a phone's: some screens ask for less then.
export const usePhone = () =>
  useSyncExternalStore(
    (l) => {
      query?.addEventListener('change', l)
      return () => query?.removeEventListener('change', l)
    },
    () => query?.matches ?? false,
  )
