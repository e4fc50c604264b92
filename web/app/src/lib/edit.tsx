// Changes of what exists. They show at once, go back when the server refuses,
// and can be taken back by the token that it returns.
import { graphql, useMutation, useRelayEnvironment } from 'react-relay'
import { commitMutation, type Environment, type GraphQLTaggedNode, type MutationParameters, type RecordSourceSelectorProxy } from 'relay-runtime'
import { useCallback } from 'react'
import { RequestError } from '../relay/errors'
import { toast } from '../ui/toast'
import type { editCampaignsMutation } from '../__generated__/editCampaignsMutation.graphql'
import type { editAdGroupsMutation } from '../__generated__/editAdGroupsMutation.graphql'
import type { editAdsMutation } from '../__generated__/editAdsMutation.graphql'
import type { editUndoMutation } from '../__generated__/editUndoMutation.graphql'

export type Level = 'CAMPAIGN' | 'AD_GROUP' | 'AD'
export type Item = { id: string; version: number; name: string }
export type Values = { status?: 'ACTIVE' | 'PAUSED' | 'ARCHIVED'; budgetMicros?: string; name?: string }
export type Problem = { code: string; message: string; path: readonly string[]; params?: unknown }

export const fields = graphql`
  fragment edit_campaign on Campaign {
    id
    name
    status
    version
    updatedAt
    startAt
    endAt
    delivery {
      status
      reasons {
        code
        message
      }
    }
    budget {
      type
      amount {
        micros
        amount
        currency
      }
    }
  }
`

const campaigns = graphql`
  mutation editCampaignsMutation($input: UpdateCampaignsInput!) {
    updateCampaigns(input: $input) {
      campaigns {
        ...edit_campaign
      }
      userErrors {
        code
        path
        message
        params
      }
      undoToken
    }
  }
`
const adGroups = graphql`
  mutation editAdGroupsMutation($input: UpdateAdGroupsInput!) {
    updateAdGroups(input: $input) {
      adGroups {
        id
        name
        status
        version
        updatedAt
        delivery {
          status
          reasons {
            code
            message
          }
        }
        budget {
          type
          amount {
            micros
            amount
            currency
          }
        }
      }
      userErrors {
        code
        path
        message
        params
      }
      undoToken
    }
  }
`
const ads = graphql`
  mutation editAdsMutation($input: UpdateAdsInput!) {
    updateAds(input: $input) {
      ads {
        id
        name
        status
        version
        updatedAt
        delivery {
          status
          reasons {
            code
            message
          }
        }
      }
      userErrors {
        code
        path
        message
        params
      }
      undoToken
    }
  }
`
const undo = graphql`
  mutation editUndoMutation($input: UndoChangesInput!) {
    undoChanges(input: $input) {
      nodes {
        id
        ... on Campaign {
          name
          status
          version
          updatedAt
          delivery {
            status
            reasons {
              code
              message
            }
          }
          budget {
            type
            amount {
              micros
              amount
              currency
            }
          }
        }
        ... on AdGroup {
          name
          status
          version
          delivery {
            status
            reasons {
              code
              message
            }
          }
          budget {
            amount {
              micros
              amount
              currency
            }
          }
        }
        ... on Ad {
          adName: name
          status
          version
          delivery {
            status
            reasons {
              code
              message
            }
          }
        }
      }
      userErrors {
        code
        message
      }
    }
  }
`

const kinds: Record<Level, { document: GraphQLTaggedNode; list: string; root: string }> = {
  CAMPAIGN: { document: campaigns, list: 'campaigns', root: 'updateCampaigns' },
  AD_GROUP: { document: adGroups, list: 'adGroups', root: 'updateAdGroups' },
  AD: { document: ads, list: 'ads', root: 'updateAds' },
}
export type AnyEdit = editCampaignsMutation | editAdGroupsMutation | editAdsMutation

type Outcome = { userErrors: readonly Problem[]; undoToken: string | null | undefined }

// Changes items, and says what came of it. The same key is sent again when a
// request is repeated, so that it never happens twice.
export function change(environment: Environment, level: Level, account: string, items: readonly Item[], values: Values): Promise<Outcome> {
  const kind = kinds[level]
  return new Promise((resolve, reject) => {
    commitMutation<MutationParameters>(environment, {
      mutation: kind.document,
      variables: {
        input: {
          advertiserId: account,
          idempotencyKey: crypto.randomUUID(),
          errorPolicy: 'SKIP_FAILED',
          [kind.list]: items.map(({ id, version }) => ({ id, version, ...values })),
        },
      },
      optimisticUpdater: (store: RecordSourceSelectorProxy) => {
        for (const { id } of items) {
          const record = store.get(id)
          if (values.status) record?.setValue(values.status, 'status')
          if (values.name) record?.setValue(values.name, 'name')
        }
      },
      onCompleted: (response, errors) => {
        const payload = (response as Record<string, Outcome | null>)[kind.root]
        if (!payload) reject(new Error(errors?.[0]?.message ?? 'Nothing was changed.'))
        else resolve({ userErrors: payload.userErrors, undoToken: payload.undoToken })
      },
      onError: reject,
    })
  })
}

const verbs: Record<string, string> = { ACTIVE: 'Activated', PAUSED: 'Paused', ARCHIVED: 'Archived' }

export function useEdit(level: Level, account: string) {
  const environment = useRelayEnvironment()
  const [takeBack] = useMutation<editUndoMutation>(undo)
  const undoBy = useCallback(
    (token: string) =>
      takeBack({
        variables: { input: { advertiserId: account, token } },
        onCompleted: ({ undoChanges }, errors) => {
          const wrong = undoChanges?.userErrors[0]?.message ?? errors?.[0]?.message
          toast(wrong ? `Not taken back: ${wrong}` : 'Taken back', { bad: !!wrong })
        },
        onError: (e) => toast(e.message, { bad: true }),
      }),
    [takeBack, account],
  )
  const edit = useCallback(
    async (items: readonly Item[], values: Values, what?: string): Promise<readonly Problem[]> => {
      try {
        const { userErrors, undoToken } = await change(environment, level, account, items, values)
        const done = items.length - userErrors.length
        const one = items.length === 1 ? `“${items[0]!.name}”` : `${done} of ${items.length}`
        if (userErrors.length && items.length === 1) {
          const e = userErrors[0]!
          toast(e.code === 'STALE_VERSION' ? `Somebody changed ${one} in the meantime. It was not changed; look at it again.` : `${one}: ${e.message}`, { bad: true })
        } else if (done > 0) {
          toast(`${what ?? verbs[values.status ?? ''] ?? 'Changed'} ${one}`, undoToken ? { action: { label: 'Undo', do: () => undoBy(undoToken) } } : {})
        }
        return userErrors
      } catch (e) {
        toast(`Not changed: ${e instanceof RequestError ? e.failure.message : (e as Error).message}`, { bad: true })
        return [{ code: 'FAILED', message: (e as Error).message, path: [] }]
      }
    },
    [environment, level, account, undoBy],
  )
  return { edit, undoBy }
}
