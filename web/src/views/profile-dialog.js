// One's own account: name, e-mail, picture, password, and the end of it.

import { h } from "../dom.js";
import { t } from "../i18n.js";
import { checkProfile } from "../rules.js";
import { formDialog } from "./form-dialog.js";
import { avatar, field } from "./parts.js";
import { pictureField } from "./picture-field.js";
import { toast } from "./toast.js";

export function profileDialog({ chat, store }) {
  const { me } = store.get();
  const fields = {
    username: field({
      name: "username", label: t("username"), hint: t("ruleUsername"), testid: "profile-username",
      autocomplete: "username", autocapitalize: "none", spellcheck: "false", maxlength: "50",
    }),
    email: field({ name: "email", label: t("email"), testid: "profile-email", type: "email", autocomplete: "email", maxlength: "100" }),
    password: field({
      name: "password", label: t("newPassword"), hint: t("newPasswordHint"), testid: "profile-password", type: "password", autocomplete: "new-password",
    }),
  };
  fields.username.input.value = me.username;
  fields.email.input.value = me.email;
  fields.password.isSecret = true;
  const choice = { picture: null };
  const leave = () => {
    dialog.close();
    deleteAccountDialog({ chat, store });
  };
  const remove = h("button", { type: "button", class: "link-button is-danger", testid: "profile-delete", on: { click: leave } }, t("deleteAccount"));

  const dialog = formDialog({
    title: t("profile"), testid: "profile-form", submit: t("save"), submitId: "profile-save",
    before: pictureField(avatar(chat.files, me, "large"), choice), fields, after: remove, check: checkProfile,
    async act({ username, email, password }) {
      const change = changeOf(me, { username, email, password });
      if (Object.keys(change).length === 0 && !choice.picture) return;
      await chat.updateMe(change, choice.picture);
      toast("profileSaved");
    },
  });
}

/** What of the form differs from the account. */
export function changeOf(me, { username, email, password }) {
  return {
    ...(username !== me.username ? { newUsername: username } : {}),
    ...(email !== me.email ? { newEmail: email } : {}),
    ...(password ? { newPassword: password } : {}),
  };
}

function deleteAccountDialog({ chat, store }) {
  const { username } = store.get().me;
  const fields = {
    name: field({
      name: "name", label: t("deleteAccountConfirm", { name: username }), testid: "delete-name", autocomplete: "off", autocapitalize: "none", spellcheck: "false",
    }),
  };
  const dialog = formDialog({
    title: t("deleteAccountTitle"), intro: t("deleteAccountText"), testid: "delete-form",
    submit: t("deleteAccount"), submitId: "delete-confirm", danger: true, fields, act: () => chat.deleteMe(),
  });
  const update = () => { dialog.button.disabled = fields.name.value.trim() !== username; };
  fields.name.input.addEventListener("input", update);
  update();
}
