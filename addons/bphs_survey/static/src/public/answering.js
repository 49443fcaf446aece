/* The page of a code. Old phones open it too: plain script, no library.

   What was tapped stays on the phone until the server has it. An answer bears a key made once with it, so that sent
   twice it is one. */
(function () {
    "use strict";
    var form = document.getElementById("wj_form");
    if (!form) {
        return;
    }
    var token = form.getAttribute("data-token");
    var kind = form.getAttribute("data-kind");
    var sight = form.getAttribute("data-sight");
    var draftName = "wj:" + token;
    var queueName = "wjq:" + token;
    var sending = false;

    function read(name, otherwise) {
        try {
            return JSON.parse(window.localStorage.getItem(name)) || otherwise;
        } catch (error) {
            return otherwise;
        }
    }

    function keep(name, value) {
        try {
            window.localStorage.setItem(name, JSON.stringify(value));
            return true;
        } catch (error) {
            // A phone that keeps nothing still answers, as long as the page stays open.
            return false;
        }
    }

    var memory = {queue: read(queueName, [])};

    function newKey() {
        var text = "";
        var numbers = new Uint8Array(16);
        if (window.crypto && window.crypto.getRandomValues) {
            window.crypto.getRandomValues(numbers);
        }
        for (var at = 0; at < numbers.length; at++) {
            var number = numbers[at] || Math.floor(Math.random() * 256);
            text += ("0" + number.toString(16)).slice(-2);
        }
        return text;
    }

    function device() {
        var mine = read("wj_device", "");
        if (!mine) {
            mine = newKey();
            keep("wj_device", mine);
        }
        return mine;
    }

    function show(id, on) {
        var place = document.getElementById(id);
        if (place) {
            place.hidden = !on;
        }
    }

    function fresh() {
        return {key: newKey(), began: Date.now(), chosen: {}, reference: ""};
    }

    var draft = read(draftName, null) || fresh();

    function paint() {
        var inputs = form.querySelectorAll("input[type=radio]");
        for (var at = 0; at < inputs.length; at++) {
            var input = inputs[at];
            input.checked = String(draft.chosen[input.name]) === input.value;
            input.parentNode.className = input.checked ? "choice on" : "choice";
        }
        var number = document.getElementById("wj_reference");
        if (number) {
            number.value = draft.reference;
        }
    }

    function missing() {
        var sets = form.querySelectorAll("fieldset[data-question]");
        var first = null;
        for (var at = 0; at < sets.length; at++) {
            var open = !draft.chosen[sets[at].getAttribute("data-question")];
            sets[at].className = open ? "missing" : "";
            if (open && !first) {
                first = sets[at];
            }
        }
        return first;
    }

    function lacksNumber() {
        var number = document.getElementById("wj_reference");
        if (!number || number.value.trim()) {
            return false;
        }
        show("wj_number_missing", true);
        number.focus();
        return true;
    }

    function handIn(refused) {
        show("wj_number_missing", false);
        show("wj_missing", false);
        if (lacksNumber()) {
            return;
        }
        var first = refused ? null : missing();
        if (first) {
            show("wj_missing", true);
            first.scrollIntoView();
            return;
        }
        memory.queue.push({
            key: draft.key,
            person: kind === "open" ? device() : null,
            sight: sight,
            spent: Math.max(0, Math.round((Date.now() - draft.began) / 1000)),
            reference: draft.reference,
            refused: refused,
            chosen: refused ? {} : draft.chosen,
        });
        keep(queueName, memory.queue);
        draft = fresh();
        keep(draftName, draft);
        show("wj_asking", false);
        show("wj_kept", true);
        window.scrollTo(0, 0);
        send();
    }

    function send() {
        if (sending) {
            return;
        }
        if (!memory.queue.length) {
            show("wj_waiting", false);
            return;
        }
        sending = true;
        var request = new XMLHttpRequest();
        request.open("POST", form.getAttribute("action"));
        request.setRequestHeader("Content-Type", "text/plain;charset=UTF-8");
        request.timeout = 20000;
        request.onload = function () {
            sending = false;
            var told = {};
            try {
                told = JSON.parse(request.responseText);
            } catch (error) {
                told = {};
            }
            if (request.status !== 200 || !told.state) {
                later(request.status === 404);
                return;
            }
            memory.queue.shift();
            keep(queueName, memory.queue);
            show("wj_waiting", false);
            show("wj_thanks", told.state === "kept");
            show("wj_again", told.state === "kept" && kind === "tablet");
            show("wj_over", told.state === "over");
            show("wj_broken", told.state === "broken" || told.state === "incomplete");
            send();
        };
        request.onerror = request.ontimeout = function () {
            sending = false;
            later(false);
        };
        request.send(JSON.stringify(memory.queue[0]));
    }

    // The answer stays on the phone; it is tried again when the net is back.
    function later(gone) {
        show("wj_waiting", !gone);
        show("wj_gone", gone);
        show("wj_again", kind === "tablet");
    }

    form.addEventListener("change", function (event) {
        if (event.target.type === "radio") {
            draft.chosen[event.target.name] = event.target.value;
            keep(draftName, draft);
            paint();
            if (form.querySelector("fieldset.missing")) {
                missing();
            }
        }
    });
    form.addEventListener("input", function (event) {
        if (event.target.id === "wj_reference") {
            draft.reference = event.target.value.trim();
            keep(draftName, draft);
        }
    });
    form.addEventListener("submit", function (event) {
        event.preventDefault();
        handIn(false);
    });
    document.getElementById("wj_refuse").addEventListener("click", function () {
        // It stands where a thumb may slip.
        if (window.confirm(this.getAttribute("data-sure"))) {
            handIn(true);
        }
    });
    document.getElementById("wj_again").addEventListener("click", function () {
        draft = fresh();
        keep(draftName, draft);
        paint();
        show("wj_kept", false);
        show("wj_thanks", false);
        show("wj_over", false);
        show("wj_broken", false);
        show("wj_asking", true);
        window.scrollTo(0, 0);
    });
    window.addEventListener("online", send);
    window.setInterval(send, 15000);
    paint();
    if (memory.queue.length) {
        show("wj_asking", kind === "tablet");
        show("wj_kept", kind !== "tablet");
        send();
    }
})();
