/**
 * @generated SignedSource<<9ca08fee8182ad8918f72c7286bf3a36>>
 * @relayHash 66411359c59387ffdec827e0db656cfb
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID fd2021be9a89fc6e2c7ec68c7230650eca755ea4f2007c7733dbc80f90a8b3a2

import { ConcreteRequest } from 'relay-runtime';
export type BidStrategy = "AUTOMATIC_BID" | "MAX_BID" | "TARGET_AVG" | "%future added value";
export type BillableEvent = "CLICKTHROUGH" | "IMPRESSION" | "VIDEO_V_50_MRC" | "%future added value";
export type BudgetType = "CBO_ADGROUP" | "DAILY" | "LIFETIME" | "%future added value";
export type DeliveryStatus = "ADVERTISER_DISABLED" | "ARCHIVED" | "COMPLETED" | "DELETED_DRAFT" | "DRAFT" | "NOT_DELIVERING" | "NOT_STARTED" | "PAUSED" | "PENDING" | "REJECTED" | "RUNNING" | "%future added value";
export type EntityStatus = "ACTIVE" | "ARCHIVED" | "DELETED_DRAFT" | "DRAFT" | "PAUSED" | "%future added value";
export type ErrorPolicy = "ALL_OR_NOTHING" | "SKIP_FAILED" | "%future added value";
export type Pacing = "ACCELERATED" | "STANDARD" | "%future added value";
export type Placement = "ALL" | "BROWSE" | "OTHER" | "SEARCH" | "%future added value";
export type UserErrorCode = "ALREADY_INVITED" | "ALREADY_MEMBER" | "AMOUNT_INVALID" | "BID_BELOW_FLOOR" | "CHILD_REQUIRED" | "DATE_INVALID" | "DRAFT_ONLY" | "DUPLICATE_ID" | "EMAIL_INVALID" | "END_REQUIRED" | "FINAL_STATUS" | "INVITATION_CLOSED" | "LABEL_LIMIT" | "LAST_OWNER" | "NAME_INVALID" | "NAME_TAKEN" | "NOTHING_TO_CHANGE" | "NOT_ALLOWED" | "NOT_FOUND" | "OPTION_NOT_ALLOWED" | "PARENT_ARCHIVED" | "PARENT_INVALID" | "PLAN_STALE" | "REQUIRED" | "ROLE_NOT_ALLOWED" | "SCHEDULE_ORDER" | "SCHEDULE_OUTSIDE_PARENT" | "SCHEDULE_PAST" | "SCREEN_INVALID" | "SPEC_INVALID" | "STALE_VERSION" | "STATUS_NOT_ALLOWED" | "TARGETING_INVALID" | "TOO_MANY_AD_GROUPS" | "URL_INVALID" | "%future added value";
export type UpdateAdGroupsInput = {
  adGroups: ReadonlyArray<AdGroupPatch>;
  advertiserId: string;
  errorPolicy?: ErrorPolicy;
  idempotencyKey?: string | null | undefined;
};
export type AdGroupPatch = {
  bidMicros?: string | null | undefined;
  bidStrategy?: BidStrategy | null | undefined;
  billableEvent?: BillableEvent | null | undefined;
  budgetMicros?: string | null | undefined;
  budgetType?: BudgetType | null | undefined;
  endAt?: string | null | undefined;
  id: string;
  name?: string | null | undefined;
  pacing?: Pacing | null | undefined;
  placement?: Placement | null | undefined;
  startAt?: string | null | undefined;
  status?: EntityStatus | null | undefined;
  targeting?: TargetingInput | null | undefined;
  version: number;
};
export type TargetingInput = {
  ageBuckets?: ReadonlyArray<string>;
  audienceIds?: ReadonlyArray<string>;
  devices?: ReadonlyArray<string>;
  excludedAudienceIds?: ReadonlyArray<string>;
  genders?: ReadonlyArray<string>;
  interests?: ReadonlyArray<string>;
  locations?: ReadonlyArray<string>;
};
export type editAdGroupsMutation$variables = {
  input: UpdateAdGroupsInput;
};
export type editAdGroupsMutation$data = {
  readonly updateAdGroups: {
    readonly adGroups: ReadonlyArray<{
      readonly budget: {
        readonly amount: {
          readonly amount: string;
          readonly currency: string;
          readonly micros: string;
        };
        readonly type: BudgetType;
      } | null | undefined;
      readonly delivery: {
        readonly reasons: ReadonlyArray<{
          readonly code: string;
          readonly message: string;
        }>;
        readonly status: DeliveryStatus;
      } | null | undefined;
      readonly id: string;
      readonly name: string;
      readonly status: EntityStatus;
      readonly updatedAt: string;
      readonly version: number;
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
export type editAdGroupsMutation = {
  response: editAdGroupsMutation$data;
  variables: editAdGroupsMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "status",
  "storageKey": null
},
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
v4 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": "UpdateAdGroupsPayload",
    "kind": "LinkedField",
    "name": "updateAdGroups",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "AdGroup",
        "kind": "LinkedField",
        "name": "adGroups",
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
          (v1/*:: as any*/),
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
            "concreteType": "Delivery",
            "kind": "LinkedField",
            "name": "delivery",
            "plural": false,
            "selections": [
              (v1/*:: as any*/),
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
      {
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
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "undoToken",
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "editAdGroupsMutation",
    "selections": (v4/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "editAdGroupsMutation",
    "selections": (v4/*:: as any*/)
  },
  "params": {
    "id": "fd2021be9a89fc6e2c7ec68c7230650eca755ea4f2007c7733dbc80f90a8b3a2",
    "metadata": {},
    "name": "editAdGroupsMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "2d97dab0ddd2eb87a873f08d07332666";

export default node;
