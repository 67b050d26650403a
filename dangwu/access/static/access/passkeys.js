// Asks the browser for a passkey and sends what it answers. The rest of the page works without it.
"use strict";

const FAULTS = {
  NotAllowedError: "没有完成。可能是取消了，或者等得太久，请再试一次。",
  InvalidStateError: "这个设备上已经有您的通行密钥。",
  SecurityError: "浏览器不允许在这个地址使用通行密钥，请用系统管理员给的网址打开。",
};

async function answerOf(form) {
  const options = JSON.parse(document.getElementById(form.dataset.options).textContent);
  return form.dataset.passkey === "create" ? webauthnJSON.create(options) : webauthnJSON.get(options);
}

function tellFault(form, error) {
  const place = form.querySelector(".passkey-fault");
  place.textContent = FAULTS[error.name] || "浏览器没能使用通行密钥，请换用验证器。";
  place.hidden = false;
}

document.querySelectorAll("form[data-passkey]").forEach((form) => {
  if (!webauthnJSON.supported()) return;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      form.querySelector("[name=credential]").value = JSON.stringify(await answerOf(form));
      form.submit();
    } catch (error) {
      tellFault(form, error);
    }
  });
});
