/**
 * @generated SignedSource<<ed601ca2e42b5ba2f60b9c92d83ad0a2>>
 * @relayHash 095bcf56d3361ca5c7afb3cb04282561
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 44020e00ade8219dda78cccc2c7510f2d5ef00a63b24fdf5b6d2befc5589ab23

import { ConcreteRequest } from 'relay-runtime';
export type Role = "ADMIN" | "ANALYST" | "AUDIENCE_MANAGER" | "CAMPAIGN_MANAGER" | "CATALOGS_MANAGER" | "FINANCE_MANAGER" | "OWNER" | "%future added value";
export type UserErrorCode = "ALREADY_INVITED" | "ALREADY_MEMBER" | "AMOUNT_INVALID" | "BID_BELOW_FLOOR" | "CHILD_REQUIRED" | "DATE_INVALID" | "DRAFT_ONLY" | "DUPLICATE_ID" | "EMAIL_INVALID" | "END_REQUIRED" | "FINAL_STATUS" | "INVITATION_CLOSED" | "LABEL_LIMIT" | "LAST_OWNER" | "NAME_INVALID" | "NAME_TAKEN" | "NOTHING_TO_CHANGE" | "NOT_ALLOWED" | "NOT_FOUND" | "OPTION_NOT_ALLOWED" | "PARENT_ARCHIVED" | "PARENT_INVALID" | "PLAN_STALE" | "REQUIRED" | "ROLE_NOT_ALLOWED" | "SCHEDULE_ORDER" | "SCHEDULE_OUTSIDE_PARENT" | "SCHEDULE_PAST" | "SCREEN_INVALID" | "SPEC_INVALID" | "STALE_VERSION" | "STATUS_NOT_ALLOWED" | "TARGETING_INVALID" | "TOO_MANY_AD_GROUPS" | "URL_INVALID" | "%future added value";
export type InviteMemberInput = {
  advertiserId: string;
  email: string;
  idempotencyKey?: string | null | undefined;
  roles: ReadonlyArray<Role>;
};
export type MembersInviteMutation$variables = {
  input: InviteMemberInput;
};
export type MembersInviteMutation$data = {
  readonly inviteMember: {
    readonly invitation: {
      readonly email: string;
      readonly id: string;
    } | null | undefined;
    readonly userErrors: ReadonlyArray<{
      readonly code: UserErrorCode;
      readonly message: string;
      readonly path: ReadonlyArray<string>;
    }>;
  } | null | undefined;
};
export type MembersInviteMutation = {
  response: MembersInviteMutation$data;
  variables: MembersInviteMutation$variables;
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
    "concreteType": "InviteMemberPayload",
    "kind": "LinkedField",
    "name": "inviteMember",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Invitation",
        "kind": "LinkedField",
        "name": "invitation",
        "plural": false,
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
            "name": "email",
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
    "name": "MembersInviteMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "MembersInviteMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "44020e00ade8219dda78cccc2c7510f2d5ef00a63b24fdf5b6d2befc5589ab23",
    "metadata": {},
    "name": "MembersInviteMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "3a8a2b37f1fbf1d08538b3d2f8a569eb";

export default node;
