/**
 * @generated SignedSource<<92df3225c37caab6ace2a19a77a7d70b>>
 * @relayHash 9d3b55bc29255a14ba5b98ed38eaeaf1
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 02346f85af6a39b47e1761d38743c533bb0a03ddf6977eeac337f02e7d88244b

import { ConcreteRequest } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type BudgetType = "CBO_ADGROUP" | "DAILY" | "LIFETIME" | "%future added value";
export type CampaignObjective = "AWARENESS" | "CATALOG_SALES" | "CONSIDERATION" | "VIDEO_COMPLETION" | "WEB_CONVERSION" | "%future added value";
export type EntityStatus = "ACTIVE" | "ARCHIVED" | "DELETED_DRAFT" | "DRAFT" | "PAUSED" | "%future added value";
export type ErrorPolicy = "ALL_OR_NOTHING" | "SKIP_FAILED" | "%future added value";
export type UserErrorCode = "ALREADY_INVITED" | "ALREADY_MEMBER" | "AMOUNT_INVALID" | "BID_BELOW_FLOOR" | "CHILD_REQUIRED" | "DATE_INVALID" | "DRAFT_ONLY" | "DUPLICATE_ID" | "EMAIL_INVALID" | "END_REQUIRED" | "FINAL_STATUS" | "INVITATION_CLOSED" | "LABEL_LIMIT" | "LAST_OWNER" | "NAME_INVALID" | "NAME_TAKEN" | "NOTHING_TO_CHANGE" | "NOT_ALLOWED" | "NOT_FOUND" | "OPTION_NOT_ALLOWED" | "PARENT_ARCHIVED" | "PARENT_INVALID" | "PLAN_STALE" | "REQUIRED" | "ROLE_NOT_ALLOWED" | "SCHEDULE_ORDER" | "SCHEDULE_OUTSIDE_PARENT" | "SCHEDULE_PAST" | "SCREEN_INVALID" | "SPEC_INVALID" | "STALE_VERSION" | "STATUS_NOT_ALLOWED" | "TARGETING_INVALID" | "TOO_MANY_AD_GROUPS" | "URL_INVALID" | "%future added value";
export type UpdateCampaignsInput = {
  advertiserId: string;
  campaigns: ReadonlyArray<CampaignPatch>;
  errorPolicy?: ErrorPolicy;
  idempotencyKey?: string | null | undefined;
};
export type CampaignPatch = {
  budgetMicros?: string | null | undefined;
  budgetType?: BudgetType | null | undefined;
  endAt?: string | null | undefined;
  id: string;
  name?: string | null | undefined;
  objective?: CampaignObjective | null | undefined;
  startAt?: string | null | undefined;
  status?: EntityStatus | null | undefined;
  version: number;
};
export type editCampaignsMutation$variables = {
  input: UpdateCampaignsInput;
};
export type editCampaignsMutation$data = {
  readonly updateCampaigns: {
    readonly campaigns: ReadonlyArray<{
      readonly " $fragmentSpreads": FragmentRefs<"edit_campaign">;
    } | null | undefined>;
    readonly undoToken: string | null | undefined;
    readonly userErrors: ReadonlyArray<{
      readonly code: UserErrorCode;
      readonly message: string;
      readonly params: unknown | null | undefined;
      readonly path: ReadonlyArray<string>;
    }>;
  } | null | undefined;
};
export type editCampaignsMutation = {
  response: editCampaignsMutation$data;
  variables: editCampaignsMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "input",
    "variableName": "input"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "code",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "message",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "concreteType": "UserError",
  "kind": "LinkedField",
  "name": "userErrors",
  "plural": true,
  "selections": [
    (v2/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "path",
      "storageKey": null
    },
    (v3/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "params",
      "storageKey": null
    }
  ],
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "undoToken",
  "storageKey": null
},
v6 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "status",
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "editCampaignsMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "UpdateCampaignsPayload",
        "kind": "LinkedField",
        "name": "updateCampaigns",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "Campaign",
            "kind": "LinkedField",
            "name": "campaigns",
            "plural": true,
            "selections": [
              {
                "args": null,
                "kind": "FragmentSpread",
                "name": "edit_campaign"
              }
            ],
            "storageKey": null
          },
          (v4/*:: as any*/),
          (v5/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "editCampaignsMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "UpdateCampaignsPayload",
        "kind": "LinkedField",
        "name": "updateCampaigns",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "Campaign",
            "kind": "LinkedField",
            "name": "campaigns",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "id",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "name",
                "storageKey": null
              },
              (v6/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "version",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "updatedAt",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "startAt",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "endAt",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "Delivery",
                "kind": "LinkedField",
                "name": "delivery",
                "plural": false,
                "selections": [
                  (v6/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "DeliveryReason",
                    "kind": "LinkedField",
                    "name": "reasons",
                    "plural": true,
                    "selections": [
                      (v2/*:: as any*/),
                      (v3/*:: as any*/)
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "Budget",
                "kind": "LinkedField",
                "name": "budget",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "type",
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Money",
                    "kind": "LinkedField",
                    "name": "amount",
                    "plural": false,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "micros",
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "amount",
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "currency",
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          },
          (v4/*:: as any*/),
          (v5/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "02346f85af6a39b47e1761d38743c533bb0a03ddf6977eeac337f02e7d88244b",
    "metadata": {},
    "name": "editCampaignsMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "3074359cfa42fbbbe1f5d57a4882c86d";

export default node;
