/**
 * @generated SignedSource<<9b9125bce47177ef9efe68c0272a515a>>
 * @relayHash 5c41480b2d2634376d5b82aea8ea5333
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 9f4ebc1a89d13576c09c9ce7d3bd9cf893bc21abc78e10c7664699093163e8b1

import { ConcreteRequest } from 'relay-runtime';
export type BidStrategy = "AUTOMATIC_BID" | "MAX_BID" | "TARGET_AVG" | "%future added value";
export type BillableEvent = "CLICKTHROUGH" | "IMPRESSION" | "VIDEO_V_50_MRC" | "%future added value";
export type BudgetType = "CBO_ADGROUP" | "DAILY" | "LIFETIME" | "%future added value";
export type CampaignObjective = "AWARENESS" | "CATALOG_SALES" | "CONSIDERATION" | "VIDEO_COMPLETION" | "WEB_CONVERSION" | "%future added value";
export type EntityStatus = "ACTIVE" | "ARCHIVED" | "DELETED_DRAFT" | "DRAFT" | "PAUSED" | "%future added value";
export type ErrorPolicy = "ALL_OR_NOTHING" | "SKIP_FAILED" | "%future added value";
export type Pacing = "ACCELERATED" | "STANDARD" | "%future added value";
export type Placement = "ALL" | "BROWSE" | "OTHER" | "SEARCH" | "%future added value";
export type UserErrorCode = "ALREADY_INVITED" | "ALREADY_MEMBER" | "AMOUNT_INVALID" | "BID_BELOW_FLOOR" | "CHILD_REQUIRED" | "DATE_INVALID" | "DRAFT_ONLY" | "DUPLICATE_ID" | "EMAIL_INVALID" | "END_REQUIRED" | "FINAL_STATUS" | "INVITATION_CLOSED" | "LABEL_LIMIT" | "LAST_OWNER" | "NAME_INVALID" | "NAME_TAKEN" | "NOTHING_TO_CHANGE" | "NOT_ALLOWED" | "NOT_FOUND" | "OPTION_NOT_ALLOWED" | "PARENT_ARCHIVED" | "PARENT_INVALID" | "PLAN_STALE" | "REQUIRED" | "ROLE_NOT_ALLOWED" | "SCHEDULE_ORDER" | "SCHEDULE_OUTSIDE_PARENT" | "SCHEDULE_PAST" | "SCREEN_INVALID" | "SPEC_INVALID" | "STALE_VERSION" | "STATUS_NOT_ALLOWED" | "TARGETING_INVALID" | "TOO_MANY_AD_GROUPS" | "URL_INVALID" | "%future added value";
export type CreateCampaignsInput = {
  advertiserId: string;
  campaigns: ReadonlyArray<NewCampaign>;
  errorPolicy?: ErrorPolicy;
  idempotencyKey: string;
};
export type NewCampaign = {
  adGroups?: ReadonlyArray<NewAdGroup>;
  budgetMicros?: string | null | undefined;
  budgetType?: BudgetType | null | undefined;
  endAt?: string | null | undefined;
  name: string;
  objective: CampaignObjective;
  startAt?: string | null | undefined;
  status?: EntityStatus;
};
export type NewAdGroup = {
  ads?: ReadonlyArray<NewAd>;
  bidMicros?: string | null | undefined;
  bidStrategy?: BidStrategy;
  billableEvent?: BillableEvent | null | undefined;
  budgetMicros?: string | null | undefined;
  budgetType?: BudgetType;
  endAt?: string | null | undefined;
  name: string;
  pacing?: Pacing;
  placement?: Placement;
  startAt?: string | null | undefined;
  targeting?: TargetingInput | null | undefined;
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
export type NewAd = {
  destinationUrl?: string | null | undefined;
  name?: string | null | undefined;
  pinId: string;
};
export type CreateMutation$variables = {
  input: CreateCampaignsInput;
};
export type CreateMutation$data = {
  readonly createCampaigns: {
    readonly campaigns: ReadonlyArray<{
      readonly id: string;
      readonly name: string;
      readonly status: EntityStatus;
    } | null | undefined>;
    readonly userErrors: ReadonlyArray<{
      readonly code: UserErrorCode;
      readonly message: string;
      readonly path: ReadonlyArray<string>;
    }>;
  } | null | undefined;
};
export type CreateMutation = {
  response: CreateMutation$data;
  variables: CreateMutation$variables;
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
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": "CreateCampaignsPayload",
    "kind": "LinkedField",
    "name": "createCampaigns",
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
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "status",
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
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "code",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "path",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "message",
            "storageKey": null
          }
        ],
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
    "name": "CreateMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "CreateMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "9f4ebc1a89d13576c09c9ce7d3bd9cf893bc21abc78e10c7664699093163e8b1",
    "metadata": {},
    "name": "CreateMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "1d98633035e26e801e27ab42d9e04893";

export default node;
