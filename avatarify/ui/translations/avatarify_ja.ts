<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja">
    <context>
        <name>Adjust</name>
        <message>
            <source>Preview</source>
            <translation>プレビュー</translation>
        </message>
        <message>
            <source>Show the preview like a mirror; others see no change</source>
            <translation>プレビューを鏡のように表示します。相手には影響しません</translation>
        </message>
        <message>
            <source>Mirror preview</source>
            <translation>プレビューを左右反転</translation>
        </message>
        <message>
            <source>Show the camera image in a corner of the preview</source>
            <translation>プレビューの隅にカメラの映像を表示します</translation>
        </message>
        <message>
            <source>Camera preview</source>
            <translation>カメラのプレビュー</translation>
        </message>
        <message>
            <source>Show the camera next to the output at the same size; only you see it</source>
            <translation>カメラを出力の隣に同じ大きさで表示します。自分だけに見えます</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>並べて表示</translation>
        </message>
        <message>
            <source>Draw facial landmarks on the camera preview</source>
            <translation>カメラのプレビューに顔の特徴点を描きます</translation>
        </message>
        <message>
            <source>Facial landmarks</source>
            <translation>顔の特徴点</translation>
        </message>
        <message>
            <source>Portrait overlay</source>
            <translation>肖像を重ねる</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>出力</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>サイズ</translation>
        </message>
        <message>
            <source>{} fps</source>
            <translation>{} fps</translation>
        </message>
        <message>
            <source>Max. frame rate</source>
            <translation>最大フレームレート</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>変更…</translation>
        </message>
        <message>
            <source>Folder for recordings and snapshots</source>
            <translation>録画とスナップショットのフォルダー</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>フォルダー</translation>
        </message>
        <message>
            <source>Restore the default of every setting above; the folder stays</source>
            <translation>上のすべての設定を初期値に戻します(フォルダーはそのまま)</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>すべてリセット</translation>
        </message>
        <message>
            <source>Turn on the camera preview first.</source>
            <translation>先にカメラのプレビューを表示してください。</translation>
        </message>
        <message>
            <source>Preset for this portrait</source>
            <translation>この肖像の設定</translation>
        </message>
        <message>
            <source>Restore these motion and picture settings whenever this portrait is selected</source>
            <translation>この肖像を選ぶたびに、この動きと映像の設定に戻します</translation>
        </message>
        <message>
            <source>Save preset</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Delete preset</source>
            <translation>削除</translation>
        </message>
        <message>
            <source>Delete the preset and restore the default settings</source>
            <translation>保存した設定を削除し、既定値に戻します</translation>
        </message>
        <message>
            <source>Choose a portrait first.</source>
            <translation>先に肖像を選んでください。</translation>
        </message>
        <message>
            <source>This portrait has no preset.</source>
            <translation>この肖像には保存された設定がありません。</translation>
        </message>
    </context>
    <context>
        <name>Background</name>
        <message>
            <source>Original</source>
            <translation>元の背景</translation>
        </message>
        <message>
            <source>Blurred</source>
            <translation>ぼかし</translation>
        </message>
        <message>
            <source>Background</source>
            <translation>背景</translation>
        </message>
        <message>
            <source>Solid color</source>
            <translation>単色</translation>
        </message>
        <message>
            <source>Choose the background color</source>
            <translation>背景の色を選択</translation>
        </message>
    </context>
    <context>
        <name>CameraChooser</name>
        <message>
            <source>Cameras</source>
            <translation>カメラ</translation>
        </message>
        <message>
            <source>{} (no image)</source>
            <translation>{}（映像なし）</translation>
        </message>
    </context>
    <context>
        <name>CameraDialog</name>
        <message>
            <source>Choose a camera</source>
            <translation>カメラを選ぶ</translation>
        </message>
        <message>
            <source>Which camera shows you?</source>
            <translation>あなたが映っているカメラはどれですか?</translation>
        </message>
    </context>
    <context>
        <name>CameraStep</name>
        <message>
            <source>Look again</source>
            <translation>もう一度探す</translation>
        </message>
        <message>
            <source>Look for cameras again</source>
            <translation>カメラをもう一度探す</translation>
        </message>
        <message>
            <source>Click the picture that shows you. The demo clip can drive the portrait too.</source>
            <translation>あなたが映っている画像をクリックしてください。デモ映像で肖像を動かすこともできます。</translation>
        </message>
        <message>
            <source>No camera was found. Plug one in; until then, the demo clip can drive the portrait.</source>
            <translation>カメラが見つかりません。接続してください。それまではデモ映像で肖像を動かせます。</translation>
        </message>
    </context>
    <context>
        <name>CameraView</name>
        <message>
            <source>Camera image</source>
            <translation>カメラの映像</translation>
        </message>
        <message>
            <source>Click the face that should drive the portrait</source>
            <translation>ポートレートを動かす顔をクリックしてください</translation>
        </message>
    </context>
    <context>
        <name>Commands</name>
        <message>
            <source>Session</source>
            <translation>セッション</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>編集</translation>
        </message>
        <message>
            <source>Portrait</source>
            <translation>肖像</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>映像</translation>
        </message>
        <message>
            <source>View</source>
            <translation>表示</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>ヘルプ</translation>
        </message>
        <message>
            <source>Start or stop</source>
            <translation>開始／停止</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>再調整</translation>
        </message>
        <message>
            <source>Find the best neutral frame</source>
            <translation>最良の基準フレームを探す</translation>
        </message>
        <message>
            <source>Freeze picture</source>
            <translation>映像を固定</translation>
        </message>
        <message>
            <source>Show my real face</source>
            <translation>素顔を見せる</translation>
        </message>
        <message>
            <source>Take snapshot</source>
            <translation>スナップショットを撮る</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>録画</translation>
        </message>
        <message>
            <source>Send to virtual camera</source>
            <translation>仮想カメラに送る</translation>
        </message>
        <message>
            <source>Choose camera…</source>
            <translation>カメラを選ぶ…</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>終了</translation>
        </message>
        <message>
            <source>Undo delete</source>
            <translation>削除を取り消す</translation>
        </message>
        <message>
            <source>Paste image</source>
            <translation>画像を貼り付け</translation>
        </message>
        <message>
            <source>Rename portrait…</source>
            <translation>肖像の名前を変更…</translation>
        </message>
        <message>
            <source>Delete portrait</source>
            <translation>肖像を削除</translation>
        </message>
        <message>
            <source>Preferences…</source>
            <translation>環境設定…</translation>
        </message>
        <message>
            <source>Previous portrait</source>
            <translation>前の肖像</translation>
        </message>
        <message>
            <source>Next portrait</source>
            <translation>次の肖像</translation>
        </message>
        <message>
            <source>Random portrait</source>
            <translation>ランダムな肖像</translation>
        </message>
        <message>
            <source>Favorite</source>
            <translation>お気に入り</translation>
        </message>
        <message>
            <source>Move forward</source>
            <translation>前へ移動</translation>
        </message>
        <message>
            <source>Move back</source>
            <translation>後ろへ移動</translation>
        </message>
        <message>
            <source>Add portrait…</source>
            <translation>肖像を追加…</translation>
        </message>
        <message>
            <source>Reload portraits</source>
            <translation>肖像を再読み込み</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>拡大</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>縮小</translation>
        </message>
        <message>
            <source>Pan up</source>
            <translation>上へ移動</translation>
        </message>
        <message>
            <source>Pan left</source>
            <translation>左へ移動</translation>
        </message>
        <message>
            <source>Pan down</source>
            <translation>下へ移動</translation>
        </message>
        <message>
            <source>Pan right</source>
            <translation>右へ移動</translation>
        </message>
        <message>
            <source>Mirror output</source>
            <translation>出力を左右反転</translation>
        </message>
        <message>
            <source>Follow my head</source>
            <translation>頭を追う</translation>
        </message>
        <message>
            <source>Mirror preview</source>
            <translation>プレビューを左右反転</translation>
        </message>
        <message>
            <source>Less overlay</source>
            <translation>重ね合わせを薄く</translation>
        </message>
        <message>
            <source>More overlay</source>
            <translation>重ね合わせを濃く</translation>
        </message>
        <message>
            <source>Show statistics</source>
            <translation>統計を表示</translation>
        </message>
        <message>
            <source>Show facial landmarks</source>
            <translation>顔の特徴点を表示</translation>
        </message>
        <message>
            <source>Camera preview</source>
            <translation>カメラのプレビュー</translation>
        </message>
        <message>
            <source>Camera and output side by side</source>
            <translation>カメラと出力を並べる</translation>
        </message>
        <message>
            <source>How it works…</source>
            <translation>しくみを見る…</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>全画面</translation>
        </message>
        <message>
            <source>Output window for capture</source>
            <translation>キャプチャー用の出力ウィンドウ</translation>
        </message>
        <message>
            <source>Keyboard shortcuts…</source>
            <translation>キーボードショートカット…</translation>
        </message>
        <message>
            <source>Virtual camera…</source>
            <translation>仮想カメラ…</translation>
        </message>
        <message>
            <source>Engines…</source>
            <translation>エンジン…</translation>
        </message>
        <message>
            <source>Diagnostics…</source>
            <translation>診断…</translation>
        </message>
        <message>
            <source>Documentation</source>
            <translation>ドキュメント</translation>
        </message>
        <message>
            <source>Privacy…</source>
            <translation>プライバシー…</translation>
        </message>
        <message>
            <source>About Avatarify</source>
            <translation>Avatarify について</translation>
        </message>
        <message>
            <source>Portrait {}</source>
            <translation>肖像 {}</translation>
        </message>
    </context>
    <context>
        <name>Controller</name>
        <message>
            <source>The new output size and frame rate take effect at the next start.</source>
            <translation>新しい出力サイズとフレームレートは次回の開始時に有効になります。</translation>
        </message>
        <message>
            <source>Meeting apps cannot handle such a change while they use the camera.</source>
            <translation>会議アプリはカメラの使用中にこの変更へ対応できません。</translation>
        </message>
    </context>
    <context>
        <name>CropDialog</name>
        <message>
            <source>Add portrait</source>
            <translation>肖像を追加</translation>
        </message>
        <message>
            <source>Looking for faces…</source>
            <translation>顔を探しています…</translation>
        </message>
        <message>
            <source>Aspect ratio</source>
            <translation>縦横比</translation>
        </message>
        <message>
            <source>I have the right to use this face: it is mine, a work of art, or used with consent.</source>
            <translation>この顔を使う権利があります：自分の顔、美術作品、または本人の同意があります。</translation>
        </message>
        <message>
            <source>No face found. Use an image that shows a face from the front.</source>
            <translation>顔が見つかりません。正面から写った画像を使ってください。</translation>
        </message>
        <message>
            <source>{} faces found. Click the one to use.</source>
            <translation>{} 個の顔が見つかりました。使う顔をクリックしてください。</translation>
        </message>
        <message>
            <source>The face is small; the portrait will look blurry.</source>
            <translation>顔が小さいため、ぼやけて見えます。</translation>
        </message>
        <message>
            <source>One face found.</source>
            <translation>顔が一つ見つかりました。</translation>
        </message>
        <message>
            <source>Original</source>
            <translation>元の比率</translation>
        </message>
        <message>
            <source>Square</source>
            <translation>正方形</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>名前(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Aspect ratio</source>
            <translation>縦横比(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Zoom</source>
            <translation>ズーム(&amp;Z)</translation>
        </message>
        <message>
            <source>&amp;Rotation</source>
            <translation>回転(&amp;R)</translation>
        </message>
        <message>
            <source>Rotate 90°</source>
            <translation>90° 回転</translation>
        </message>
        <message>
            <source>Rotate the image 90° clockwise</source>
            <translation>画像を時計回りに 90° 回転します</translation>
        </message>
        <message>
            <source>Whole image</source>
            <translation>画像全体</translation>
        </message>
        <message>
            <source>Show the whole image</source>
            <translation>画像全体を表示します</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>キャンセル</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>追加</translation>
        </message>
    </context>
    <context>
        <name>CropView</name>
        <message>
            <source>Crop area</source>
            <translation>切り抜き範囲</translation>
        </message>
    </context>
    <context>
        <name>DevicePicker</name>
        <message>
            <source>Camera</source>
            <translation>カメラ</translation>
        </message>
        <message>
            <source>Refresh the camera list</source>
            <translation>カメラの一覧を更新</translation>
        </message>
        <message>
            <source>Choose a camera by its image</source>
            <translation>映像を見てカメラを選ぶ</translation>
        </message>
        <message>
            <source>Make the portrait available as a camera in Zoom, Meet, and Teams</source>
            <translation>Zoom、Meet、Teams で肖像をカメラとして使えるようにします</translation>
        </message>
        <message>
            <source>Virtual camera</source>
            <translation>仮想カメラ</translation>
        </message>
        <message>
            <source>Set up…</source>
            <translation>設定…</translation>
        </message>
        <message>
            <source>How to install a virtual camera and select it in a meeting app</source>
            <translation>仮想カメラを入れて会議アプリで選ぶ方法</translation>
        </message>
        <message>
            <source>&amp;Camera</source>
            <translation>カメラ(&amp;C)</translation>
        </message>
        <message>
            <source>The session is starting or stopping.</source>
            <translation>セッションを開始または停止しています。</translation>
        </message>
        <message>
            <source>There is no virtual camera. “Set up…” shows how to get one.</source>
            <translation>仮想カメラがありません。「設定…」に入手方法があります。</translation>
        </message>
        <message>
            <source>No virtual camera found; only you see the output.</source>
            <translation>仮想カメラが見つかりません。出力は自分だけに見えます。</translation>
        </message>
        <message>
            <source>Looking for a virtual camera…</source>
            <translation>仮想カメラを探しています…</translation>
        </message>
        <message>
            <source>Only you see the output.</source>
            <translation>出力は自分だけに見えます。</translation>
        </message>
    </context>
    <context>
        <name>Devices</name>
        <message>
            <source>Demo clip</source>
            <translation>デモ映像</translation>
        </message>
        <message>
            <source>not installed</source>
            <translation>未インストール</translation>
        </message>
        <message>
            <source>Virtual camera ({})</source>
            <translation>仮想カメラ（{}）</translation>
        </message>
        <message>
            <source>Browser source for OBS: {}</source>
            <translation>OBS のブラウザソース: {}</translation>
        </message>
        <message>
            <source>Preview only</source>
            <translation>プレビューのみ</translation>
        </message>
    </context>
    <context>
        <name>DiagnosticsPage</name>
        <message>
            <source>Diagnostics</source>
            <translation>診断</translation>
        </message>
        <message>
            <source>Running checks…</source>
            <translation>確認しています…</translation>
        </message>
        <message>
            <source>Copy diagnostics</source>
            <translation>診断をコピー</translation>
        </message>
        <message>
            <source>Everything for a call is there.</source>
            <translation>通話に必要なものはすべて揃っています。</translation>
        </message>
        <message>
            <source>One thing is missing for a call.</source>
            <translation>通話に必要なものが 1 つ足りません。</translation>
        </message>
        <message>
            <source>{} things are missing for a call.</source>
            <translation>通話に必要なものが {} つ足りません。</translation>
        </message>
        <message>
            <source>{}: {}</source>
            <translation>{}: {}</translation>
        </message>
        <message>
            <source>Crash reports</source>
            <translation>クラッシュレポート</translation>
        </message>
        <message>
            <source>They stay on this computer. You decide whether to share them.</source>
            <translation>このコンピューターに残ります。共有するかどうかはあなたが決めます。</translation>
        </message>
        <message>
            <source>Reports</source>
            <translation>報告</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>表示</translation>
        </message>
        <message>
            <source>Show report</source>
            <translation>報告を表示</translation>
        </message>
    </context>
    <context>
        <name>Dialogs</name>
        <message>
            <source>Show my real face</source>
            <translation>素顔を見せる</translation>
        </message>
        <message>
            <source>Send your real face instead of the portrait?</source>
            <translation>肖像の代わりに素顔を送りますか？</translation>
        </message>
        <message>
            <source>Everyone who sees the output will see your camera image, marked as such, until you turn this off.</source>
            <translation>オフにするまで、出力を見る全員にカメラの映像が（その旨の印付きで）見えます。</translation>
        </message>
        <message>
            <source>Show my face</source>
            <translation>自分の顔を見せる</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>キャンセル</translation>
        </message>
        <message>
            <source>Interrupted recording</source>
            <translation>中断された録画</translation>
        </message>
        <message>
            <source>A recording was interrupted. Keep it?</source>
            <translation>録画が中断されました。残しますか？</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>残す</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>削除</translation>
        </message>
        <message>
            <source>Ask later</source>
            <translation>後で確認</translation>
        </message>
        <message>
            <source>Images ({})</source>
            <translation>画像（{}）</translation>
        </message>
        <message>
            <source>Add portraits</source>
            <translation>肖像を追加</translation>
        </message>
        <message>
            <source>Folder for recordings and snapshots</source>
            <translation>録画とスナップショットのフォルダー</translation>
        </message>
        <message>
            <source>Rename portrait</source>
            <translation>肖像の名前を変更</translation>
        </message>
        <message>
            <source>Portrait name</source>
            <translation>肖像の名前</translation>
        </message>
        <message>
            <source>A session is running</source>
            <translation>セッションを実行中です</translation>
        </message>
        <message>
            <source>Stop sending the portrait and quit?</source>
            <translation>肖像の送信をやめて終了しますか?</translation>
        </message>
        <message>
            <source>Stop and quit</source>
            <translation>停止して終了</translation>
        </message>
        <message>
            <source>Keep running in the tray</source>
            <translation>トレイで実行を続ける</translation>
        </message>
        <message>
            <source>Others will no longer see the portrait. The recording is finished and kept.</source>
            <translation>ほかの人に肖像が見えなくなります。録画は終了し、保存されます。</translation>
        </message>
        <message>
            <source>Others will no longer see the portrait.</source>
            <translation>ほかの人に肖像が見えなくなります。</translation>
        </message>
        <message>
            <source>About Avatarify</source>
            <translation>Avatarify について</translation>
        </message>
        <message>
            <source>Everything runs on this computer. MIT license.</source>
            <translation>すべてこのコンピューター上で動作します。MIT ライセンス。</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>プライバシー</translation>
        </message>
    </context>
    <context>
        <name>DocumentationPage</name>
        <message>
            <source>Documentation</source>
            <translation>ドキュメント</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>ページ</translation>
        </message>
    </context>
    <context>
        <name>EngineCard</name>
        <message>
            <source>Build {} for {}</source>
            <translation>{} を {} 用に作成</translation>
        </message>
        <message>
            <source>Build</source>
            <translation>作成</translation>
        </message>
        <message>
            <source>Delete {} for {}</source>
            <translation>{} の {} 用を削除</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>削除</translation>
        </message>
        <message>
            <source>Not built yet</source>
            <translation>未作成</translation>
        </message>
    </context>
    <context>
        <name>EnginesPage</name>
        <message>
            <source>key points {}</source>
            <translation>キーポイント {}</translation>
        </message>
        <message>
            <source>image {}</source>
            <translation>画像 {}</translation>
        </message>
        <message>
            <source>motion {}</source>
            <translation>動き {}</translation>
        </message>
        <message>
            <source>frames {}</source>
            <translation>{} フレーム</translation>
        </message>
        <message>
            <source>Engines</source>
            <translation>エンジン</translation>
        </message>
        <message>
            <source>An engine is a model compiled for one processor, so that it starts and runs faster. Engines are optional. Each one is compared with the reference before it is used.</source>
            <translation>エンジンは特定のプロセッサー向けにコンパイルしたモデルで、起動も動作も速くなります。なくてもかまいません。使用前に必ず基準と比較されます。</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>停止しています…</translation>
        </message>
        <message>
            <source>Build progress</source>
            <translation>作成の進行状況</translation>
        </message>
        <message>
            <source>Stop the build and keep what is finished</source>
            <translation>作成を中止します。完了した分は残ります</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>キャンセル</translation>
        </message>
        <message>
            <source>The build was stopped.</source>
            <translation>作成を中止しました。</translation>
        </message>
        <message>
            <source>{} {}: {} MB in {} s</source>
            <translation>{} {}：{} MB、{} 秒</translation>
        </message>
    </context>
    <context>
        <name>Estimate</name>
        <message>
            <source>about {} s left</source>
            <translation>残り約 {} 秒</translation>
        </message>
    </context>
    <context>
        <name>FileDrop</name>
        <message>
            <source>Drop the image to add it</source>
            <translation>ドロップして追加</translation>
        </message>
    </context>
    <context>
        <name>Form</name>
        <message>
            <source>Reset</source>
            <translation>リセット</translation>
        </message>
        <message>
            <source>Double-click to reset</source>
            <translation>ダブルクリックでリセット</translation>
        </message>
    </context>
    <context>
        <name>Gallery</name>
        <message>
            <source>Search</source>
            <translation>検索</translation>
        </message>
        <message>
            <source>Search portraits</source>
            <translation>肖像を検索</translation>
        </message>
        <message>
            <source>Add an image with a face; you can also drop it on the window or paste it</source>
            <translation>顔の写った画像を追加します。ウィンドウへのドロップや貼り付けもできます</translation>
        </message>
        <message>
            <source>Add…</source>
            <translation>追加…</translation>
        </message>
        <message>
            <source>Add portrait</source>
            <translation>肖像を追加</translation>
        </message>
        <message>
            <source>No matching portraits.</source>
            <translation>一致する肖像がありません。</translation>
        </message>
        <message>
            <source>{}, key {}</source>
            <translation>{}、キー {}</translation>
        </message>
        <message>
            <source>Only for portraits that you have added.</source>
            <translation>自分で追加した肖像だけで使えます。</translation>
        </message>
    </context>
    <context>
        <name>Help</name>
        <message>
            <source>Choose a camera</source>
            <translation>カメラを選ぶ</translation>
        </message>
        <message>
            <source>Diagnostics</source>
            <translation>診断</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>キーボードショートカット</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>フォルダーで表示</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>再調整</translation>
        </message>
        <message>
            <source>Show report</source>
            <translation>報告を表示</translation>
        </message>
        <message>
            <source>Restart now</source>
            <translation>今すぐ再開始</translation>
        </message>
        <message>
            <source>Smaller output</source>
            <translation>出力を小さくする</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>元に戻す</translation>
        </message>
        <message>
            <source>Set up…</source>
            <translation>設定…</translation>
        </message>
    </context>
    <context>
        <name>HotKeys</name>
        <message>
            <source>Wayland does not support global shortcuts. Use an X11 session.</source>
            <translation>Wayland はグローバルショートカットに対応していません。X11 セッションを使ってください。</translation>
        </message>
        <message>
            <source>Global shortcuts are not supported on this system yet.</source>
            <translation>このシステムではグローバルショートカットにまだ対応していません。</translation>
        </message>
        <message>
            <source>The shortcut {} is used by another program.</source>
            <translation>ショートカット {} は別のプログラムが使用しています。</translation>
        </message>
        <message>
            <source>Choose another one.</source>
            <translation>別のキーを選んでください。</translation>
        </message>
        <message>
            <source>{} cannot be used as a shortcut.</source>
            <translation>{} はショートカットに使えません。</translation>
        </message>
        <message>
            <source>{} alone would stop working in all other programs. Add Ctrl, Alt, or Meta.</source>
            <translation>{} だけでは他のすべてのプログラムで使えなくなります。Ctrl、Alt、Meta を加えてください。</translation>
        </message>
        <message>
            <source>{} is already assigned to “{}”.</source>
            <translation>{} はすでに「{}」に割り当てられています。</translation>
        </message>
    </context>
    <context>
        <name>InsightPage</name>
        <message>
            <source>How it works</source>
            <translation>しくみを見る</translation>
        </message>
        <message>
            <source>Start a session to see how each frame is made.</source>
            <translation>セッションを開始すると、各フレームの作られ方を見られます。</translation>
        </message>
        <message>
            <source>Your key points</source>
            <translation>あなたのキーポイント</translation>
        </message>
        <message>
            <source>Where the model locates the parts of your face.</source>
            <translation>モデルがとらえた顔の各部の位置です。</translation>
        </message>
        <message>
            <source>Warped portrait</source>
            <translation>変形した肖像</translation>
        </message>
        <message>
            <source>Its own key points, moved the way yours moved since the neutral frame.</source>
            <translation>肖像自身のキーポイントを、基準フレームからのあなたの動きと同じように動かしたもの。</translation>
        </message>
        <message>
            <source>Optical flow</source>
            <translation>オプティカルフロー</translation>
        </message>
        <message>
            <source>Where each pixel comes from: the color shows the direction, white means no motion.</source>
            <translation>各ピクセルの取得元。色は方向、白は動きなしを表します。</translation>
        </message>
        <message>
            <source>Occlusion map</source>
            <translation>オクルージョンマップ</translation>
        </message>
        <message>
            <source>White: the warped portrait is shown. Black: the network fills in what the portrait hides.</source>
            <translation>白：変形した肖像をそのまま表示。黒：肖像に隠れている部分をネットワークが補います。</translation>
        </message>
        <message>
            <source>Shown only in this window; none of it is sent.</source>
            <translation>このウィンドウにだけ表示され、送信されません。</translation>
        </message>
    </context>
    <context>
        <name>KeysPage</name>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>キーボードショートカット</translation>
        </message>
        <message>
            <source>In this window</source>
            <translation>このウィンドウ内</translation>
        </message>
        <message>
            <source>Global</source>
            <translation>グローバル</translation>
        </message>
        <message>
            <source>Restore defaults</source>
            <translation>既定値に戻す</translation>
        </message>
        <message>
            <source>Restore the default shortcut of every command</source>
            <translation>すべてのコマンドを既定のショートカットに戻します</translation>
        </message>
        <message>
            <source>Click a shortcut and press new keys to change it. Number keys select portraits.</source>
            <translation>ショートカットをクリックし、新しいキーを押すと変更できます。数字キーで肖像を選びます。</translation>
        </message>
        <message>
            <source>Off: a letter or digit typed by mistake changes nothing that others see</source>
            <translation>オフ:誤って文字を押しても、ほかの人に見えるものは変わりません</translation>
        </message>
        <message>
            <source>Single letters change what others see</source>
            <translation>文字キーだけで、ほかの人に見えるものを変える</translation>
        </message>
        <message>
            <source>Global shortcuts work while another program has the focus. None is set by default.</source>
            <translation>グローバルショートカットは他のプログラムの使用中も働きます。初期状態では設定されていません。</translation>
        </message>
        <message>
            <source>{} is already assigned to “{}”.</source>
            <translation>{} はすでに「{}」に割り当てられています。</translation>
        </message>
    </context>
    <context>
        <name>LookForm</name>
        <message>
            <source>Relative</source>
            <translation>相対</translation>
        </message>
        <message>
            <source>Absolute</source>
            <translation>絶対</translation>
        </message>
        <message>
            <source>Follow mine</source>
            <translation>自分に合わせる</translation>
        </message>
        <message>
            <source>At the camera</source>
            <translation>カメラ目線</translation>
        </message>
        <message>
            <source>Top left</source>
            <translation>左上</translation>
        </message>
        <message>
            <source>Top right</source>
            <translation>右上</translation>
        </message>
        <message>
            <source>Bottom left</source>
            <translation>左下</translation>
        </message>
        <message>
            <source>Bottom right</source>
            <translation>右下</translation>
        </message>
        <message>
            <source>Motion</source>
            <translation>動き</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>強さ</translation>
        </message>
        <message>
            <source>Head</source>
            <translation>頭</translation>
        </message>
        <message>
            <source>Eyes</source>
            <translation>目</translation>
        </message>
        <message>
            <source>Mouth</source>
            <translation>口</translation>
        </message>
        <message>
            <source>Gaze</source>
            <translation>視線</translation>
        </message>
        <message>
            <source>Transfer</source>
            <translation>転写方法</translation>
        </message>
        <message>
            <source>Adapt scale</source>
            <translation>大きさを合わせる</translation>
        </message>
        <message>
            <source>Scale the motion by the size ratio of the two faces</source>
            <translation>二つの顔の大きさの比に合わせて動きを調整します</translation>
        </message>
        <message>
            <source>Reduce jitter</source>
            <translation>ぶれを抑える</translation>
        </message>
        <message>
            <source>Reduce jitter when the face is still</source>
            <translation>顔が静止しているときの小刻みなぶれを抑えます</translation>
        </message>
        <message>
            <source>Follow my head</source>
            <translation>頭を追う</translation>
        </message>
        <message>
            <source>Keep the portrait in place when you shift in your chair</source>
            <translation>椅子の上で体を動かしても肖像の位置は変わりません</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>映像</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>ズーム</translation>
        </message>
        <message>
            <source>Horizontal</source>
            <translation>左右</translation>
        </message>
        <message>
            <source>Vertical</source>
            <translation>上下</translation>
        </message>
        <message>
            <source>Mirror output</source>
            <translation>出力を左右反転</translation>
        </message>
        <message>
            <source>Flip what others see horizontally</source>
            <translation>相手に見える映像を左右反転します</translation>
        </message>
        <message>
            <source>AI avatar badge</source>
            <translation>AI アバターの印</translation>
        </message>
        <message>
            <source>Mark the output as AI-generated</source>
            <translation>出力に AI 生成の表示を付けます</translation>
        </message>
        <message>
            <source>Badge position</source>
            <translation>位置</translation>
        </message>
        <message>
            <source>Background</source>
            <translation>背景</translation>
        </message>
        <message>
            <source>Only the built-in model tells the parts of a face apart.</source>
            <translation>顔の各部分を区別できるのは内蔵モデルだけです。</translation>
        </message>
        <message>
            <source>Zoom in first.</source>
            <translation>先に拡大してください。</translation>
        </message>
        <message>
            <source>Turn on the badge first.</source>
            <translation>先に印を表示してください。</translation>
        </message>
    </context>
    <context>
        <name>Messages</name>
        <message>
            <source>This model moves with a camera only.</source>
            <translation>このモデルはカメラでのみ動きます。</translation>
        </message>
        <message>
            <source>Use the model built-in.</source>
            <translation>モデル built-in を使用してください。</translation>
        </message>
        <message>
            <source>This runtime moves a portrait with a camera only.</source>
            <translation>このランタイムはカメラでのみポートレートを動かせます。</translation>
        </message>
        <message>
            <source>Use the runtime openvino.</source>
            <translation>ランタイム openvino を使用してください。</translation>
        </message>
        <message>
            <source>The head is turned too far to begin with.</source>
            <translation>最初の基準にするには、顔の向きが正面から離れすぎています。</translation>
        </message>
        <message>
            <source>Look at the camera.</source>
            <translation>カメラを見てください。</translation>
        </message>
        <message>
            <source>Frame {number} cannot be the neutral one: {reason}</source>
            <translation>フレーム {number} は基準フレームにできません: {reason}</translation>
        </message>
        <message>
            <source>Use another.</source>
            <translation>別のものを使ってください。</translation>
        </message>
        <message>
            <source>There is no face in frame {number} of the driving video.</source>
            <translation>駆動動画のフレーム {number} に顔がありません。</translation>
        </message>
        <message>
            <source>Use --neutral first, best, or another number.</source>
            <translation>--neutral に first、best、または別の番号を指定してください。</translation>
        </message>
        <message>
            <source>No face was found in {name}.</source>
            <translation>{name} に顔が見つかりませんでした。</translation>
        </message>
        <message>
            <source>Use a video that shows one face from the front.</source>
            <translation>一人の顔が正面から写っている動画を使ってください。</translation>
        </message>
        <message>
            <source>'{name}' is a camera, not a video.</source>
            <translation>「{name}」はカメラであり、動画ではありません。</translation>
        </message>
        <message>
            <source>Use 'avatarify run' for a camera.</source>
            <translation>カメラには「avatarify run」を使ってください。</translation>
        </message>
        <message>
            <source>No portraits are installed.</source>
            <translation>肖像がインストールされていません。</translation>
        </message>
        <message>
            <source>Give an image file, or reinstall Avatarify.</source>
            <translation>画像ファイルを指定するか、avatarify を再インストールしてください。</translation>
        </message>
        <message>
            <source>Absolute motion would send the shape of your face to the host.</source>
            <translation>絶対モーションを使うと、あなたの顔の形がホストに送信されます。</translation>
        </message>
        <message>
            <source>Use relative motion, or a runtime on this computer.</source>
            <translation>相対モーションか、このコンピューターのランタイムを使用してください。</translation>
        </message>
        <message>
            <source>There is no motion '{name}'.</source>
            <translation>動き「{name}」はありません。</translation>
        </message>
        <message>
            <source>Choose one of: {names}.</source>
            <translation>次から選んでください: {names}。</translation>
        </message>
        <message>
            <source>There is no gaze '{name}'.</source>
            <translation>視線の設定「{name}」はありません。</translation>
        </message>
        <message>
            <source>There are no '{name}' key points.</source>
            <translation>キーポイント「{name}」はありません。</translation>
        </message>
        <message>
            <source>'{text}' is not the place of a face.</source>
            <translation>「{text}」は顔の位置として正しくありません。</translation>
        </message>
        <message>
            <source>Give the middle of the face and the distance from brows to chin, in pixels of the picture: X,Y,HEIGHT.</source>
            <translation>顔の中心と、眉からあごまでの距離を、画像のピクセル単位で指定してください: X,Y,高さ。</translation>
        </message>
        <message>
            <source>There is no portrait and no file named '{name}'.</source>
            <translation>「{name}」という肖像もファイルもありません。</translation>
        </message>
        <message>
            <source>Portraits: {names}. You can also give an image file.</source>
            <translation>肖像: {names}。画像ファイルも指定できます。</translation>
        </message>
        <message>
            <source>No face was found in the portrait {name}.</source>
            <translation>肖像 {name} に顔が見つかりません。</translation>
        </message>
        <message>
            <source>Use an image that shows a face from the front, large enough and not covered. On the command line, --face X,Y,HEIGHT says where it is.</source>
            <translation>正面から写り、十分に大きく、隠れていない顔がある画像を使ってください。コマンドラインでは --face X,Y,高さ で顔の位置を指定できます。</translation>
        </message>
        <message>
            <source>The portrait {name} shows {count} faces; the largest is animated.</source>
            <translation>肖像 {name} には {count} 個の顔があります。最も大きい顔を動かします。</translation>
        </message>
        <message>
            <source>The face is placed outside the image {name}.</source>
            <translation>顔の位置が画像 {name} の外にあります。</translation>
        </message>
        <message>
            <source>The image has {width}x{height} pixels.</source>
            <translation>画像の大きさは {width}x{height} ピクセルです。</translation>
        </message>
        <message>
            <source>In the portrait {name}, the person could not be separated from the background, so the background will move with the head.</source>
            <translation>肖像 {name} では人物を背景から分離できなかったため、背景も頭と一緒に動きます。</translation>
        </message>
        <message>
            <source>{count} frames could not be animated: {reason}</source>
            <translation>{count} フレームを動かせませんでした: {reason}</translation>
        </message>
        <message>
            <source>Frame {number} is {dtype} {shape}.</source>
            <translation>フレーム {number} は {dtype} {shape} です。</translation>
        </message>
        <message>
            <source>Give arrays of the shape (height, width, 3), uint8, RGB.</source>
            <translation>形状 (高さ, 幅, 3)、uint8、RGB の配列を渡してください。</translation>
        </message>
        <message>
            <source>There is no checkout of Avatarify in {folder}.</source>
            <translation>{folder} に Avatarify のソースコードがありません。</translation>
        </message>
        <message>
            <source>Name the folder that contains 'avatarify'.</source>
            <translation>「avatarify」を含むフォルダーを指定してください。</translation>
        </message>
        <message>
            <source>The live session of {checkout} failed: {reason}</source>
            <translation>{checkout} のライブセッションが失敗しました:{reason}</translation>
        </message>
        <message>
            <source>Run it with 'avatarify run --camera demo --sink null' to see why.</source>
            <translation>原因を確認するには「avatarify run --camera demo --sink null」を実行してください。</translation>
        </message>
        <message>
            <source>This computer shows about {fps:.0f} of {camera:.0f} frames a second: motion will not look smooth. Close other programs, or choose a smaller output.</source>
            <translation>このコンピューターでは毎秒約 {fps:.0f} / {camera:.0f} フレームしか表示できず、動きが滑らかになりません。他のプログラムを閉じるか、出力サイズを小さくしてください。</translation>
        </message>
        <message>
            <source>This computer keeps up with {camera:.0f} frames a second, with reduced detail.</source>
            <translation>このコンピューターは詳細を減らせば毎秒 {camera:.0f} フレームを処理できます。</translation>
        </message>
        <message>
            <source>This computer keeps up with {camera:.0f} frames a second in full quality.</source>
            <translation>このコンピューターは毎秒 {camera:.0f} フレームを最高品質で処理できます。</translation>
        </message>
        <message>
            <source>There is not enough memory.</source>
            <translation>メモリが足りません。</translation>
        </message>
        <message>
            <source>Close other programs, or use smaller files.</source>
            <translation>ほかのプログラムを閉じるか、小さいファイルを使ってください。</translation>
        </message>
        <message>
            <source>This needs {package}, which is not installed.</source>
            <translation>これには {package} が必要ですが、インストールされていません。</translation>
        </message>
        <message>
            <source>Run: pip install 'avatarify[{extra}]'</source>
            <translation>コマンド: pip install 'avatarify[{extra}]'</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>ディスクがいっぱいです。</translation>
        </message>
        <message>
            <source>Free some space.</source>
            <translation>空き容量を増やしてください。</translation>
        </message>
        <message>
            <source>{file} cannot be used: {reason}.</source>
            <translation>{file} を使用できません: {reason}。</translation>
        </message>
        <message>
            <source>Check the name, the folder, and its permissions.</source>
            <translation>名前、フォルダー、アクセス権を確認してください。</translation>
        </message>
        <message>
            <source>The input cannot be used: {reason}.</source>
            <translation>入力を使用できません: {reason}。</translation>
        </message>
        <message>
            <source>Check the options and the files. With --debug, the place of the error is shown.</source>
            <translation>オプションとファイルを確認してください。--debug を付けるとエラーの場所が表示されます。</translation>
        </message>
        <message>
            <source>it has characters that are not valid in {encoding}</source>
            <translation>{encoding} では無効な文字が含まれています</translation>
        </message>
        <message>
            <source>it is nested too deeply</source>
            <translation>入れ子が深すぎます</translation>
        </message>
        <message>
            <source>there is not enough memory</source>
            <translation>メモリが足りません</translation>
        </message>
        <message>
            <source>{name} cannot be read: {reason}.</source>
            <translation>{name} を読み込めません: {reason}。</translation>
        </message>
        <message>
            <source>Get the file again.</source>
            <translation>ファイルを入手し直してください。</translation>
        </message>
        <message>
            <source>{name} is damaged: only {count} of {announced} frames could be read and were used.</source>
            <translation>{name} は破損しています。{announced} フレーム中 {count} フレームだけを読み込んで使いました。</translation>
        </message>
        <message>
            <source>Use a video such as MP4, MOV, MKV, AVI, or WebM.</source>
            <translation>MP4、MOV、MKV、AVI、WebM などの動画を使ってください。</translation>
        </message>
        <message>
            <source>{file} is not a readable video.</source>
            <translation>{file} は読み込める動画ではありません。</translation>
        </message>
        <message>
            <source>The demo clip {clip} is missing.</source>
            <translation>デモ映像 {clip} がありません。</translation>
        </message>
        <message>
            <source>Reinstall Avatarify.</source>
            <translation>Avatarify を再インストールしてください。</translation>
        </message>
        <message>
            <source>'{text}' matches several cameras: {cameras}.</source>
            <translation>「{text}」に一致するカメラが複数あります: {cameras}。</translation>
        </message>
        <message>
            <source>Use a longer part of the name, or the number.</source>
            <translation>名前をもう少し長く入力するか、番号を使ってください。</translation>
        </message>
        <message>
            <source>'{text}' is not a camera, a file, or a folder.</source>
            <translation>「{text}」はカメラでもファイルでもフォルダーでもありません。</translation>
        </message>
        <message>
            <source>There is no camera {number}.</source>
            <translation>カメラ {number} はありません。</translation>
        </message>
        <message>
            <source>No camera is connected. Connect one, or use 'demo' for the bundled clip.</source>
            <translation>カメラが接続されていません。接続するか、付属の映像を使うには「demo」を指定してください。</translation>
        </message>
        <message>
            <source>Available cameras: {cameras}. Use 'demo' for the bundled clip.</source>
            <translation>利用できるカメラ: {cameras}。付属の映像は「demo」です。</translation>
        </message>
        <message>
            <source>No frame of {name} can be decoded.</source>
            <translation>{name} のフレームを一つもデコードできません。</translation>
        </message>
        <message>
            <source>The folder {folder} does not exist.</source>
            <translation>フォルダー {folder} は存在しません。</translation>
        </message>
        <message>
            <source>Check the name.</source>
            <translation>名前を確認してください。</translation>
        </message>
        <message>
            <source>The folder {folder} contains no images.</source>
            <translation>フォルダー {folder} に画像がありません。</translation>
        </message>
        <message>
            <source>Put {suffixes} files in it.</source>
            <translation>{suffixes} ファイルを入れてください。</translation>
        </message>
        <message>
            <source>{name} is damaged: only {count} frames could be read and were used.</source>
            <translation>{name} は破損しています。{count} フレームだけを読み込んで使いました。</translation>
        </message>
        <message>
            <source>The video {path} does not exist.</source>
            <translation>動画 {path} は存在しません。</translation>
        </message>
        <message>
            <source>Check the name and the folder.</source>
            <translation>名前とフォルダーを確認してください。</translation>
        </message>
        <message>
            <source>{file} is not a readable video ({reason}).</source>
            <translation>{file} は読み込める動画ではありません（{reason}）。</translation>
        </message>
        <message>
            <source>{file} has no video stream, only audio or data.</source>
            <translation>{file} には映像がなく、音声かデータだけです。</translation>
        </message>
        <message>
            <source>Run: sudo usermod -aG video $USER, then log in again.</source>
            <translation>実行してからログインし直してください: sudo usermod -aG video $USER</translation>
        </message>
        <message>
            <source>Open Settings, Privacy &amp; security, Camera, and allow desktop apps to access your camera.</source>
            <translation>設定の「プライバシーとセキュリティ」→「カメラ」で、デスクトップアプリのカメラへのアクセスを許可してください。</translation>
        </message>
        <message>
            <source>Open System Settings, Privacy &amp; Security, Camera, allow the program that runs Avatarify, then start it again.</source>
            <translation>システム設定の「プライバシーとセキュリティ」→「カメラ」で、Avatarify を実行するプログラムを許可し、再起動してください。</translation>
        </message>
        <message>
            <source>Plug it in again; the session reconnects as soon as it is back.</source>
            <translation>もう一度接続してください。戻りしだいセッションが再接続します。</translation>
        </message>
        <message>
            <source>The system settings deny Avatarify access to camera {name}.</source>
            <translation>システムの設定により、Avatarify はカメラ {name} を使えません。</translation>
        </message>
        <message>
            <source>Camera {name} was unplugged.</source>
            <translation>カメラ {name} が取り外されました。</translation>
        </message>
        <message>
            <source>No permission to open camera {name} ({path}).</source>
            <translation>カメラ {name}（{path}）を開く権限がありません。</translation>
        </message>
        <message>
            <source>Camera {name} is in use by {programs}.</source>
            <translation>カメラ {name} は {programs} が使用中です。</translation>
        </message>
        <message>
            <source>Close it, or use another camera.</source>
            <translation>そのアプリを閉じるか、別のカメラを使ってください。</translation>
        </message>
        <message>
            <source>Camera {name} stopped delivering frames.</source>
            <translation>カメラ {name} から映像が届かなくなりました。</translation>
        </message>
        <message>
            <source>Reconnecting. If that fails, check its cable.</source>
            <translation>再接続しています。うまくいかない場合はケーブルを確認してください。</translation>
        </message>
        <message>
            <source>Allow camera access in the system settings.</source>
            <translation>システムの設定でカメラへのアクセスを許可してください。</translation>
        </message>
        <message>
            <source>Camera {name} cannot be opened.</source>
            <translation>カメラ {name} を開けません。</translation>
        </message>
        <message>
            <source>Close other programs that use it, or plug it in again.</source>
            <translation>使っている他のアプリを閉じるか、接続し直してください。</translation>
        </message>
        <message>
            <source>Close other programs that use it.</source>
            <translation>使っている他のアプリを閉じてください。</translation>
        </message>
        <message>
            <source>Save it to a file.</source>
            <translation>ファイルに保存してください。</translation>
        </message>
        <message>
            <source>{path} is a pipe or a device, not a video file.</source>
            <translation>{path} はパイプまたはデバイスで、動画ファイルではありません。</translation>
        </message>
        <message>
            <source>Save the video to a file.</source>
            <translation>動画をファイルに保存してください。</translation>
        </message>
        <message>
            <source>Use screen, or screen:X,Y,WIDTHxHEIGHT in pixels from the top-left corner.</source>
            <translation>screen、または左上からのピクセルで screen:X,Y,WIDTHxHEIGHT を指定してください。</translation>
        </message>
        <message>
            <source>Use it on a machine with a screen. Under Wayland, capture the window with OBS instead.</source>
            <translation>画面のあるコンピューターで使ってください。Wayland では代わりに OBS でウィンドウを取り込んでください。</translation>
        </message>
        <message>
            <source>'{text}' is outside the screen, which is {width}x{height} pixels.</source>
            <translation>「{text}」は画面（{width}x{height} ピクセル）の外です。</translation>
        </message>
        <message>
            <source>'{text}' is not a part of the screen.</source>
            <translation>「{text}」は画面の一部ではありません。</translation>
        </message>
        <message>
            <source>'{text}' is too small.</source>
            <translation>「{text}」は小さすぎます。</translation>
        </message>
        <message>
            <source>Each side must be at least {pixels} pixels.</source>
            <translation>各辺は {pixels} ピクセル以上にしてください。</translation>
        </message>
        <message>
            <source>The screen is not available ({reason}).</source>
            <translation>画面を利用できません（{reason}）。</translation>
        </message>
        <message>
            <source>The screen cannot be captured ({reason}).</source>
            <translation>画面を取り込めません（{reason}）。</translation>
        </message>
        <message>
            <source>On Debian and Ubuntu: sudo apt install libportaudio2. Or do without --voice.</source>
            <translation>Debian と Ubuntu の場合: sudo apt install libportaudio2。または --voice を使わないでください。</translation>
        </message>
        <message>
            <source>{file} cannot be read as sound: {reason}.</source>
            <translation>{file} を音声として読み込めません: {reason}。</translation>
        </message>
        <message>
            <source>Give a WAV file.</source>
            <translation>WAV ファイルを指定してください。</translation>
        </message>
        <message>
            <source>The microphone {name} cannot be used: {reason}.</source>
            <translation>マイク {name} を使用できません: {reason}。</translation>
        </message>
        <message>
            <source>Connect it, allow access to it in the system's settings, or choose another one.</source>
            <translation>接続するか、システム設定でアクセスを許可するか、別のマイクを選んでください。</translation>
        </message>
        <message>
            <source>The library PortAudio, which reads microphones, is missing.</source>
            <translation>マイクの読み取りに必要なライブラリ PortAudio がありません。</translation>
        </message>
        <message>
            <source>Check the address, and that the phone or camera is on the same network.</source>
            <translation>アドレスと、電話またはカメラが同じネットワークにあることを確認してください。</translation>
        </message>
        <message>
            <source>Use the form rtsp://HOST:PORT/PATH.</source>
            <translation>rtsp://HOST:PORT/PATH の形式で指定してください。</translation>
        </message>
        <message>
            <source>Use the address of its video, often the same with /video at the end.</source>
            <translation>動画のアドレスを使ってください。多くの場合、末尾に /video を付けたものです。</translation>
        </message>
        <message>
            <source>Write them into the address: http://NAME:PASSWORD@HOST/PATH.</source>
            <translation>アドレスに含めてください: http://名前:パスワード@ホスト/パス</translation>
        </message>
        <message>
            <source>{name} has no video stream.</source>
            <translation>{name} には映像がありません。</translation>
        </message>
        <message>
            <source>Use the address of its video.</source>
            <translation>映像のアドレスを使ってください。</translation>
        </message>
        <message>
            <source>{name} stopped responding ({reason}).</source>
            <translation>{name} が応答しなくなりました（{reason}）。</translation>
        </message>
        <message>
            <source>{name} has ended.</source>
            <translation>{name} は終了しました。</translation>
        </message>
        <message>
            <source>Reconnecting.</source>
            <translation>再接続しています。</translation>
        </message>
        <message>
            <source>The address of the stream is malformed.</source>
            <translation>ストリームのアドレスの形式が正しくありません。</translation>
        </message>
        <message>
            <source>The address {scheme}:// has no host.</source>
            <translation>アドレス {scheme}:// にホストがありません。</translation>
        </message>
        <message>
            <source>{name} asks for a user name and a password.</source>
            <translation>{name} はユーザー名とパスワードを求めています。</translation>
        </message>
        <message>
            <source>{name} answers with a web page.</source>
            <translation>{name} は Web ページを返します。</translation>
        </message>
        <message>
            <source>{name} sends no video ({reason}).</source>
            <translation>{name} から映像が届きません（{reason}）。</translation>
        </message>
        <message>
            <source>'{text}' names no port.</source>
            <translation>「{text}」にはポートが指定されていません。</translation>
        </message>
        <message>
            <source>Write vmc:39539, or vmc:ADDRESS:PORT.</source>
            <translation>vmc:39539 または vmc:アドレス:ポート の形で入力してください。</translation>
        </message>
        <message>
            <source>The package python-osc is not installed.</source>
            <translation>パッケージ python-osc がインストールされていません。</translation>
        </message>
        <message>
            <source>Install it with: pip install 'avatarify[vmc]'.</source>
            <translation>次のコマンドでインストールしてください: pip install 'avatarify[vmc]'。</translation>
        </message>
        <message>
            <source>Port {port} of {address} cannot be used: {reason}.</source>
            <translation>{address} のポート {port} を使用できません: {reason}。</translation>
        </message>
        <message>
            <source>Close the other program that listens there, or choose another port: vmc:PORT.</source>
            <translation>そのポートを使っている別のプログラムを閉じるか、別のポートを選んでください: vmc:ポート。</translation>
        </message>
        <message>
            <source>Camera {name} shows only black.</source>
            <translation>カメラ {name} の映像が真っ黒です。</translation>
        </message>
        <message>
            <source>Open its privacy shutter, or add light.</source>
            <translation>プライバシーシャッターを開けるか、明るくしてください。</translation>
        </message>
        <message>
            <source>Camera {name} has shown the same picture for {seconds:.0f} s.</source>
            <translation>カメラ {name} の映像が {seconds:.0f} 秒間変わりません。</translation>
        </message>
        <message>
            <source>Reconnecting. If that fails, check its privacy switch and its cable.</source>
            <translation>再接続しています。うまくいかない場合はプライバシースイッチとケーブルを確認してください。</translation>
        </message>
        <message>
            <source>Camera {name} has delivered no frame for {seconds:.0f} s.</source>
            <translation>カメラ {name} から {seconds:.0f} 秒間映像が届いていません。</translation>
        </message>
        <message>
            <source>If it does not recover, unplug it and plug it in again.</source>
            <translation>回復しない場合は、いったん外してもう一度接続してください。</translation>
        </message>
        <message>
            <source>Camera {name} is not connected.</source>
            <translation>カメラ {name} は接続されていません。</translation>
        </message>
        <message>
            <source>Plug it in again.</source>
            <translation>接続し直してください。</translation>
        </message>
        <message>
            <source>Camera {name} did not respond within {seconds:.0f} s.</source>
            <translation>カメラ {name} が {seconds:.0f} 秒以内に応答しませんでした。</translation>
        </message>
        <message>
            <source>Plug it in again, or restart the computer if it is built in.</source>
            <translation>接続し直すか、内蔵の場合はコンピューターを再起動してください。</translation>
        </message>
        <message>
            <source>Run: {command}</source>
            <translation>実行: {command}</translation>
        </message>
        <message>
            <source>camera</source>
            <translation>カメラ</translation>
        </message>
        <message>
            <source>The system settings deny Avatarify access to cameras.</source>
            <translation>システムの設定により、Avatarify はカメラを使えません。</translation>
        </message>
        <message>
            <source>{cameras}; one is in use by {programs}.</source>
            <translation>{cameras}。一台は {programs} が使用中です。</translation>
        </message>
        <message>
            <source>{camera} (in use by {programs})</source>
            <translation>{camera}（{programs} が使用中）</translation>
        </message>
        <message>
            <source>No permission to open {paths}.</source>
            <translation>{paths} を開く権限がありません。</translation>
        </message>
        <message>
            <source>Cameras cannot be listed ({reason}).</source>
            <translation>カメラを一覧できません（{reason}）。</translation>
        </message>
        <message>
            <source>Run: pip install --force-reinstall cv2-enumerate-cameras; '--camera demo' needs no camera.</source>
            <translation>実行: pip install --force-reinstall cv2-enumerate-cameras。「--camera demo」ならカメラは不要です。</translation>
        </message>
        <message>
            <source>Only {cameras}, which shows Avatarify's own output.</source>
            <translation>{cameras} だけです。これは Avatarify 自身の出力です。</translation>
        </message>
        <message>
            <source>Connect a webcam; '--camera demo' needs none.</source>
            <translation>ウェブカメラを接続してください。「--camera demo」なら不要です。</translation>
        </message>
        <message>
            <source>No camera is connected.</source>
            <translation>カメラが接続されていません。</translation>
        </message>
        <message>
            <source>Connect one; '--camera demo' needs none.</source>
            <translation>接続してください。「--camera demo」なら不要です。</translation>
        </message>
        <message>
            <source>Close {programs} before a call: most cameras serve only one program at a time.</source>
            <translation>通話の前に {programs} を閉じてください。ほとんどのカメラは一度に一つのプログラムしか使えません。</translation>
        </message>
        <message>
            <source>Python</source>
            <translation>Python</translation>
        </message>
        <message>
            <source>{version} is not tested.</source>
            <translation>{version} は動作確認していません。</translation>
        </message>
        <message>
            <source>Use Python 3.11, 3.12, or 3.13.</source>
            <translation>Python 3.11、3.12、3.13 のいずれかを使ってください。</translation>
        </message>
        <message>
            <source>packages</source>
            <translation>パッケージ</translation>
        </message>
        <message>
            <source>Missing: {packages}.</source>
            <translation>不足: {packages}。</translation>
        </message>
        <message>
            <source>all {count} are installed</source>
            <translation>{count} 個すべてインストール済み</translation>
        </message>
        <message>
            <source>system libraries</source>
            <translation>システムライブラリ</translation>
        </message>
        <message>
            <source>none are missing</source>
            <translation>不足はありません</translation>
        </message>
        <message>
            <source>Qt needs system libraries that are missing: {packages}.</source>
            <translation>Qt に必要なシステムライブラリーがありません: {packages}。</translation>
        </message>
        <message>
            <source>window</source>
            <translation>ウィンドウ</translation>
        </message>
        <message>
            <source>There is no display.</source>
            <translation>ディスプレイがありません。</translation>
        </message>
        <message>
            <source>Use 'avatarify run', which needs none.</source>
            <translation>ディスプレイの要らない「avatarify run」を使ってください。</translation>
        </message>
        <message>
            <source>the desktop app can open</source>
            <translation>デスクトップアプリを開けます</translation>
        </message>
        <message>
            <source>folders</source>
            <translation>フォルダー</translation>
        </message>
        <message>
            <source>Cannot write to {folder}: {reason}.</source>
            <translation>{folder} に書き込めません: {reason}。</translation>
        </message>
        <message>
            <source>Make it writable, or set AVATARIFY_CACHE, _DATA, and _CONFIG.</source>
            <translation>書き込めるようにするか、AVATARIFY_CACHE、_DATA、_CONFIG を設定してください。</translation>
        </message>
        <message>
            <source>model</source>
            <translation>モデル</translation>
        </message>
        <message>
            <source>the built-in model is intact</source>
            <translation>内蔵モデルは正常です</translation>
        </message>
        <message>
            <source>runtime</source>
            <translation>ランタイム</translation>
        </message>
        <message>
            <source>Only {free} MB are free in {folder}.</source>
            <translation>{folder} の空きは {free} MB だけです。</translation>
        </message>
        <message>
            <source>Free some disk space.</source>
            <translation>ディスクの空きを増やしてください。</translation>
        </message>
        <message>
            <source>writable, {free} GB free in {folder}</source>
            <translation>書き込み可、{folder} の空き {free} GB</translation>
        </message>
        <message>
            <source>graphics card</source>
            <translation>グラフィックカード</translation>
        </message>
        <message>
            <source>{reason}: the CPU is used.</source>
            <translation>{reason}: CPU を使います。</translation>
        </message>
        <message>
            <source>Close programs that use the GPU, or use another GPU.</source>
            <translation>GPU を使っているプログラムを閉じるか、別の GPU を使ってください。</translation>
        </message>
        <message>
            <source>{gpu}; {runtimes} can use it</source>
            <translation>{gpu}（{runtimes} で使えます）</translation>
        </message>
        <message>
            <source>TensorRT</source>
            <translation>TensorRT</translation>
        </message>
        <message>
            <source>{name} can be used (to build engines: avatarify build-engines)</source>
            <translation>{name} を使えます（エンジンの作成: avatarify build-engines）</translation>
        </message>
        <message>
            <source>tensorrt: {tensorrt}; tensorrt-rtx: {rtx}.</source>
            <translation>tensorrt: {tensorrt}、tensorrt-rtx: {rtx}。</translation>
        </message>
        <message>
            <source>memory</source>
            <translation>メモリー</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>不明</translation>
        </message>
        <message>
            <source>{memory} MB</source>
            <translation>{memory} MB</translation>
        </message>
        <message>
            <source>{memory} MB, but a live session with the built-in model needs {needed} MB.</source>
            <translation>{memory} MB です。内蔵モデルのライブには {needed} MB が必要です。</translation>
        </message>
        <message>
            <source>Use a machine with more memory.</source>
            <translation>メモリーの多いコンピューターを使ってください。</translation>
        </message>
        <message>
            <source>{memory} MB: enough for the built-in model, but not for the full one.</source>
            <translation>{memory} MB: 内蔵モデルには十分ですが、完全なモデルには足りません。</translation>
        </message>
        <message>
            <source>Close other programs before a call.</source>
            <translation>通話の前に他のプログラムを閉じてください。</translation>
        </message>
        <message>
            <source>no NVIDIA driver found; ONNX Runtime uses {provider}</source>
            <translation>NVIDIA ドライバーが見つかりません。ONNX Runtime は {provider} を使います</translation>
        </message>
        <message>
            <source>no NVIDIA driver found; the built-in model runs on the CPU</source>
            <translation>NVIDIA ドライバーが見つかりません。内蔵モデルは CPU で動きます</translation>
        </message>
        <message>
            <source>{gpu} is not used: {reason}.</source>
            <translation>{gpu} は使いません: {reason}。</translation>
        </message>
        <message>
            <source>{update} Then run: {command}</source>
            <translation>{update} その後に実行: {command}</translation>
        </message>
        <message>
            <source>{gpu} is not used and everything runs on the CPU: torch is not installed, and TensorRT is not available: {reason}.</source>
            <translation>{gpu} は使用されず、すべて CPU で実行されます。torch がインストールされておらず、TensorRT も使用できません: {reason}。</translation>
        </message>
        <message>
            <source>{gpu} is not used and everything runs on the CPU: torch {torch} is a CPU build, and TensorRT is not available: {reason}.</source>
            <translation>{gpu} は使わず、すべて CPU で動きます。torch {torch} は CPU 版で、TensorRT は使えません: {reason}。</translation>
        </message>
        <message>
            <source>not used: no NVIDIA GPU found (tensorrt-rtx is installed). {requirements}</source>
            <translation>使いません: NVIDIA GPU が見つかりません（tensorrt-rtx はインストール済み）。{requirements}</translation>
        </message>
        <message>
            <source>not used: no NVIDIA GPU found (tensorrt-rtx is not installed). {requirements}</source>
            <translation>使いません: NVIDIA GPU が見つかりません（tensorrt-rtx は未インストール）。{requirements}</translation>
        </message>
        <message>
            <source>It requires an NVIDIA GPU of compute capability 7.5 or newer (RTX 20 series, GTX 16 series) with {memory} MB of memory; a driver for CUDA {cuda} (version {driver} or newer); and: {command}</source>
            <translation>必要なもの: コンピュート能力 7.5 以上でメモリー {memory} MB の NVIDIA GPU（RTX 20、GTX 16 シリーズ以降）、CUDA {cuda} 対応ドライバー（バージョン {driver} 以降）、および: {command}</translation>
        </message>
        <message>
            <source>Install NVIDIA driver {driver} or newer (Ubuntu: sudo ubuntu-drivers install), then restart.</source>
            <translation>NVIDIA ドライバー {driver} 以降をインストールし（Ubuntu: sudo ubuntu-drivers install）、再起動してください。</translation>
        </message>
        <message>
            <source>Install NVIDIA driver {driver} or newer from nvidia.com/drivers, then restart.</source>
            <translation>nvidia.com/drivers から NVIDIA ドライバー {driver} 以降をインストールし、再起動してください。</translation>
        </message>
        <message>
            <source>virtual camera</source>
            <translation>仮想カメラ</translation>
        </message>
        <message>
            <source>Nothing is built for {target}: {reason}.</source>
            <translation>{target} 用には何も作成しません: {reason}。</translation>
        </message>
        <message>
            <source>Run 'avatarify doctor'.</source>
            <translation>「avatarify doctor」を実行してください。</translation>
        </message>
        <message>
            <source>not compared: no NVIDIA driver found; the first start on a GPU compares it</source>
            <translation>未比較: NVIDIA ドライバーが見つかりません。GPU での最初の開始時に比較します</translation>
        </message>
        <message>
            <source>comparing {target} with torch</source>
            <translation>{target} を torch と比較しています</translation>
        </message>
        <message>
            <source>The engine {target} {precision} of '{model}'</source>
            <translation>「{model}」のエンジン {target} {precision}</translation>
        </message>
        <message>
            <source>valid</source>
            <translation>有効</translation>
        </message>
        <message>
            <source>another process has built it</source>
            <translation>別のプロセスが作成しました</translation>
        </message>
        <message>
            <source>requested with --force</source>
            <translation>--force で指定</translation>
        </message>
        <message>
            <source>{engine}: waiting for another process that builds it</source>
            <translation>{engine}: 作成中の別のプロセスを待っています</translation>
        </message>
        <message>
            <source>unpacking the graphs</source>
            <translation>グラフを展開しています</translation>
        </message>
        <message>
            <source>No engines of '{model}' have been built.</source>
            <translation>「{model}」のエンジンは作成されていません。</translation>
        </message>
        <message>
            <source>Run: avatarify build-engines --model {model}</source>
            <translation>実行: avatarify build-engines --model {model}</translation>
        </message>
        <message>
            <source>waiting for another process</source>
            <translation>別のプロセスを待っています</translation>
        </message>
        <message>
            <source>The ONNX files of '{model}' do not compute what torch does: {problems}.</source>
            <translation>「{model}」の ONNX ファイルの計算結果が torch と一致しません: {problems}。</translation>
        </message>
        <message>
            <source>Use --runtime torch, and report this.</source>
            <translation>--runtime torch を使い、この問題を報告してください。</translation>
        </message>
        <message>
            <source>torch {version} is a CPU build, although this machine has an NVIDIA GPU</source>
            <translation>このコンピューターには NVIDIA GPU がありますが、torch {version} は CPU 版です</translation>
        </message>
        <message>
            <source>the package openvino is not installed (pip install openvino)</source>
            <translation>パッケージ openvino がインストールされていません (pip install openvino)</translation>
        </message>
        <message>
            <source>the package onnxruntime is not installed (pip install onnxruntime)</source>
            <translation>パッケージ onnxruntime がインストールされていません (pip install onnxruntime)</translation>
        </message>
        <message>
            <source>this build of ONNX Runtime does not include it</source>
            <translation>この ONNX Runtime には含まれていません</translation>
        </message>
        <message>
            <source>it is faster than the CPU of this computer</source>
            <translation>このコンピューターの CPU より高速です</translation>
        </message>
        <message>
            <source>NVIDIA GPU found</source>
            <translation>NVIDIA GPU が見つかりました</translation>
        </message>
        <message>
            <source>NVIDIA RTX GPU found</source>
            <translation>NVIDIA RTX GPU が見つかりました</translation>
        </message>
        <message>
            <source>nothing faster can be used on this machine</source>
            <translation>このコンピューターではこれより速いものを使えません</translation>
        </message>
        <message>
            <source>GPU found by DirectML</source>
            <translation>DirectML で GPU が見つかりました</translation>
        </message>
        <message>
            <source>GPU found by CoreML</source>
            <translation>CoreML で GPU が見つかりました</translation>
        </message>
        <message>
            <source>no usable GPU, and OpenVINO is fastest on a CPU</source>
            <translation>使える GPU がなく、CPU では OpenVINO が最速です</translation>
        </message>
        <message>
            <source>No runtime can execute the model.</source>
            <translation>モデルを実行できるランタイムがありません。</translation>
        </message>
        <message>
            <source>The model runs on {runtime} instead: {device}.</source>
            <translation>代わりに {runtime} でモデルを実行します: {device}。</translation>
        </message>
        <message>
            <source>{runtime} is not used: {reason}.</source>
            <translation>{runtime} は使いません: {reason}。</translation>
        </message>
        <message>
            <source>{runtime} is not used: {reason} It is being built in the background; start again in a minute.</source>
            <translation>{runtime} は使いません: {reason} バックグラウンドで作成中です。1 分後にもう一度開始してください。</translation>
        </message>
        <message>
            <source>{runtime} is not used: {reason}</source>
            <translation>{runtime} は使いません: {reason}</translation>
        </message>
        <message>
            <source>The runtime {runtime} cannot be used: {reason}.</source>
            <translation>ランタイム {runtime} は使えません: {reason}。</translation>
        </message>
        <message>
            <source>Use --runtime auto.</source>
            <translation>--runtime auto を使ってください。</translation>
        </message>
        <message>
            <source>{runtime}: requested</source>
            <translation>{runtime}: 指定</translation>
        </message>
        <message>
            <source>There is no runtime '{runtime}'.</source>
            <translation>ランタイム「{runtime}」はありません。</translation>
        </message>
        <message>
            <source>key points differ by {value:.4f} (limit {limit})</source>
            <translation>キーポイントの差 {value:.4f}（上限 {limit}）</translation>
        </message>
        <message>
            <source>mean image difference {value:.2f}/255 (limit {limit:g}/255)</source>
            <translation>画像の平均差 {value:.2f}/255（上限 {limit:g}/255）</translation>
        </message>
        <message>
            <source>mean motion difference {value:.4f} (limit {limit})</source>
            <translation>動きの平均差 {value:.4f}（上限 {limit}）</translation>
        </message>
        <message>
            <source>{subject} was rejected: {problems}.</source>
            <translation>{subject} は不合格です: {problems}。</translation>
        </message>
        <message>
            <source>Build it again with --precision fp32, or report this.</source>
            <translation>--precision fp32 で作り直すか、報告してください。</translation>
        </message>
        <message>
            <source>reading the weights</source>
            <translation>重みを読み込んでいます</translation>
        </message>
        <message>
            <source>writing {graph} as ONNX</source>
            <translation>{graph} を ONNX として書き出しています</translation>
        </message>
        <message>
            <source>running the reference on real frames</source>
            <translation>実際のフレームで基準を計算しています</translation>
        </message>
        <message>
            <source>comparing ONNX with torch</source>
            <translation>ONNX を torch と比較中</translation>
        </message>
        <message>
            <source>OpenVINO finds no {device} here (it finds: {found}).</source>
            <translation>OpenVINO は {device} を検出できません (検出: {found})。</translation>
        </message>
        <message>
            <source>Install Intel's driver for it, or use --runtime auto.</source>
            <translation>Intel のドライバーをインストールするか、--runtime auto を使ってください。</translation>
        </message>
        <message>
            <source>{runtime} for '{model}'</source>
            <translation>「{model}」の {runtime}</translation>
        </message>
        <message>
            <source>compiling for {device}</source>
            <translation>{device} 用にコンパイルしています</translation>
        </message>
        <message>
            <source>comparing the speed of {device} and CPU</source>
            <translation>{device} と CPU の速度を比較しています</translation>
        </message>
        <message>
            <source>The CPU is faster: {cpu:.0f} ms a frame, {device} {other:.0f} ms.</source>
            <translation>CPU の方が高速です: 1 フレーム {cpu:.0f} ms、{device} は {other:.0f} ms。</translation>
        </message>
        <message>
            <source>Use --runtime {runtime} to use it all the same.</source>
            <translation>それでも使う場合は --runtime {runtime} を指定してください。</translation>
        </message>
        <message>
            <source>{target} cannot be used: {reason}.</source>
            <translation>{target} は使えません: {reason}。</translation>
        </message>
        <message>
            <source>The package websockets is not installed.</source>
            <translation>パッケージ websockets がインストールされていません。</translation>
        </message>
        <message>
            <source>Install it: pip install 'avatarify[remote]'</source>
            <translation>インストールしてください: pip install 'avatarify[remote]'</translation>
        </message>
        <message>
            <source>compiling</source>
            <translation>コンパイルしています</translation>
        </message>
        <message>
            <source>OpenVINO cannot build {graph}: {reason}.</source>
            <translation>OpenVINO は {graph} を作成できません: {reason}。</translation>
        </message>
        <message>
            <source>Report this with the full message.</source>
            <translation>メッセージ全文を添えて報告してください。</translation>
        </message>
        <message>
            <source>{cpu} does not multiply 16-bit numbers.</source>
            <translation>{cpu} は 16 ビットの乗算に対応していません。</translation>
        </message>
        <message>
            <source>Use --precision fp32.</source>
            <translation>--precision fp32 を使ってください。</translation>
        </message>
        <message>
            <source>{graph} of '{model}' for {target} {precision}</source>
            <translation>「{model}」の {graph}（{target} {precision} 用）</translation>
        </message>
        <message>
            <source>not built yet</source>
            <translation>未作成</translation>
        </message>
        <message>
            <source>its manifest cannot be read</source>
            <translation>マニフェストを読み込めません</translation>
        </message>
        <message>
            <source>truncated</source>
            <translation>途中で切れています</translation>
        </message>
        <message>
            <source>larger than its manifest says</source>
            <translation>マニフェストの記載より大きい</translation>
        </message>
        <message>
            <source>damaged: its SHA-256 differs from the manifest's</source>
            <translation>破損: SHA-256 がマニフェストと異なります</translation>
        </message>
        <message>
            <source>No valid engine {engine}: {reason}.</source>
            <translation>有効なエンジン {engine} がありません: {reason}。</translation>
        </message>
        <message>
            <source>Run: avatarify build-engines --model {model} --target {target}</source>
            <translation>実行: avatarify build-engines --model {model} --target {target}</translation>
        </message>
        <message>
            <source>built by {found}, but this is {wanted}</source>
            <translation>{found} で作成されましたが、ここは {wanted} です</translation>
        </message>
        <message>
            <source>built for {found}, but this is {wanted}</source>
            <translation>{found} 用に作成されましたが、ここは {wanted} です</translation>
        </message>
        <message>
            <source>built with other settings</source>
            <translation>別の設定で作成されています</translation>
        </message>
        <message>
            <source>built from another graph</source>
            <translation>別のグラフから作成されています</translation>
        </message>
        <message>
            <source>Preparing the model '{model}' for this computer. This is done once and takes about {seconds:.0f} seconds.</source>
            <translation>モデル「{model}」をこのコンピューター用に準備しています。これは一度だけ行われ、約 {seconds:.0f} 秒かかります。</translation>
        </message>
        <message>
            <source>{problem} Until then the model is prepared again at each start.</source>
            <translation>{problem} それまでは、起動のたびにモデルの準備をやり直します。</translation>
        </message>
        <message>
            <source>The recipe {file} cannot be read: {reason}.</source>
            <translation>レシピ {file} を読み込めません: {reason}。</translation>
        </message>
        <message>
            <source>The reference {file} cannot be read: {reason}.</source>
            <translation>基準データ {file} を読み込めません: {reason}。</translation>
        </message>
        <message>
            <source>Delete it; it will be made again.</source>
            <translation>削除してください。作り直されます。</translation>
        </message>
        <message>
            <source>The reference frames in {file} are missing or damaged.</source>
            <translation>{file} の基準フレームがないか、破損しています。</translation>
        </message>
        <message>
            <source>{file} has no warp at which it could be split.</source>
            <translation>{file} には分割できるワープがありません。</translation>
        </message>
        <message>
            <source>the package {name} is not installed (pip install 'avatarify[{name}]')</source>
            <translation>パッケージ {name} がインストールされていません（pip install 'avatarify[{name}]'）</translation>
        </message>
        <message>
            <source>it builds for the GPU of this machine, and no NVIDIA driver was found</source>
            <translation>このコンピューターの GPU 用に作成しますが、NVIDIA ドライバーが見つかりません</translation>
        </message>
        <message>
            <source>retrying with the warps kept separate</source>
            <translation>ワープを分離して再試行しています</translation>
        </message>
        <message>
            <source>starting the builder</source>
            <translation>ビルダーを起動しています</translation>
        </message>
        <message>
            <source>TensorRT-RTX does not support compute capability {unknown}.</source>
            <translation>TensorRT-RTX はコンピュート能力 {unknown} に対応していません。</translation>
        </message>
        <message>
            <source>Choose from: {known}.</source>
            <translation>次から選んでください: {known}。</translation>
        </message>
        <message>
            <source>This version of TensorRT-RTX, {version}, does not support compute capability {capability}.</source>
            <translation>この TensorRT-RTX {version} はコンピュート能力 {capability} に対応していません。</translation>
        </message>
        <message>
            <source>Leave it out of --compute-capability, or install a newer version.</source>
            <translation>--compute-capability から外すか、新しいバージョンをインストールしてください。</translation>
        </message>
        <message>
            <source>{target} cannot build {graph}: {log}</source>
            <translation>{target} は {graph} を作成できません: {log}</translation>
        </message>
        <message>
            <source>no reason given</source>
            <translation>理由は示されていません</translation>
        </message>
        <message>
            <source>Float16 engines need ONNX Runtime's converter.</source>
            <translation>float16 エンジンには ONNX Runtime の変換器が必要です。</translation>
        </message>
        <message>
            <source>Run: pip install onnxruntime, or use --precision fp32.</source>
            <translation>pip install onnxruntime を実行するか、--precision fp32 を使ってください。</translation>
        </message>
        <message>
            <source>The model file {path} cannot be read.</source>
            <translation>モデルファイル {path} を読み込めません。</translation>
        </message>
        <message>
            <source>The model file {path} is damaged.</source>
            <translation>モデルファイル {path} が破損しています。</translation>
        </message>
        <message>
            <source>'{text}' does not say which face to follow.</source>
            <translation>「{text}」では、どの顔に従うか分かりません。</translation>
        </message>
        <message>
            <source>Give largest, left, right, or a place in the camera's picture in pixels: X,Y.</source>
            <translation>largest、left、right、またはカメラ画像上の位置をピクセルで X,Y の形で指定してください。</translation>
        </message>
        <message>
            <source>'{text}' is not a size.</source>
            <translation>「{text}」はサイズではありません。</translation>
        </message>
        <message>
            <source>Write it as WIDTHxHEIGHT, such as 1280x720.</source>
            <translation>1280x720 のように WIDTHxHEIGHT で指定してください。</translation>
        </message>
        <message>
            <source>The size {text} cannot be used.</source>
            <translation>サイズ {text} は使えません。</translation>
        </message>
        <message>
            <source>Both sides must be even and from 16 to 4096.</source>
            <translation>両辺は 16 から 4096 までの偶数にしてください。</translation>
        </message>
        <message>
            <source>The weights {path} cannot be read: {reason}.</source>
            <translation>重み {path} を読み込めません: {reason}。</translation>
        </message>
        <message>
            <source>The model has an unknown graph '{graph}'.</source>
            <translation>モデルに未知のグラフ「{graph}」があります。</translation>
        </message>
        <message>
            <source>Build the engines again with 'avatarify build-engines --force'.</source>
            <translation>「avatarify build-engines --force」でエンジンを作り直してください。</translation>
        </message>
        <message>
            <source>The model has no graph '{graph}'.</source>
            <translation>モデルにグラフ「{graph}」がありません。</translation>
        </message>
        <message>
            <source>The graph {graph} has no tensor '{name}'.</source>
            <translation>グラフ {graph} にテンソル「{name}」がありません。</translation>
        </message>
        <message>
            <source>The graph {graph} has an unknown tensor '{name}'.</source>
            <translation>グラフ {graph} に未知のテンソル「{name}」があります。</translation>
        </message>
        <message>
            <source>The tensor '{name}' of the graph {graph} is {found}, but must be {wanted}.</source>
            <translation>グラフ {graph} のテンソル「{name}」は {found} ですが、{wanted} でなければなりません。</translation>
        </message>
        <message>
            <source>The graph {graph} is not valid ONNX: {reason}</source>
            <translation>グラフ {graph} は有効な ONNX ではありません: {reason}</translation>
        </message>
        <message>
            <source>Report this.</source>
            <translation>報告してください。</translation>
        </message>
        <message>
            <source>The graph {graph} cannot be exported to ONNX: {reason}</source>
            <translation>グラフ {graph} を ONNX に書き出せません: {reason}</translation>
        </message>
        <message>
            <source>A graph of the model lacks the tensor '{name}'.</source>
            <translation>モデルのグラフにテンソル「{name}」がありません。</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, WebP, AVIF, BMP, or TIFF image.</source>
            <translation>PNG、JPEG、WebP、AVIF、BMP、TIFF のいずれかの画像を使ってください。</translation>
        </message>
        <message>
            <source>{path} is a folder, not an image.</source>
            <translation>{path} は画像ではなくフォルダーです。</translation>
        </message>
        <message>
            <source>Choose one image in it.</source>
            <translation>その中の画像を一つ選んでください。</translation>
        </message>
        <message>
            <source>The image {path} does not exist.</source>
            <translation>画像 {path} は存在しません。</translation>
        </message>
        <message>
            <source>The image {path} cannot be read: {reason}.</source>
            <translation>画像 {path} を読み込めません: {reason}。</translation>
        </message>
        <message>
            <source>Check its permissions.</source>
            <translation>アクセス権を確かめてください。</translation>
        </message>
        <message>
            <source>There is not enough memory for the image {name}.</source>
            <translation>画像 {name} を開くにはメモリが足りません。</translation>
        </message>
        <message>
            <source>Reduce it.</source>
            <translation>縮小してください。</translation>
        </message>
        <message>
            <source>The image {name} is truncated.</source>
            <translation>画像 {name} は途中で切れています。</translation>
        </message>
        <message>
            <source>Copy or download it again.</source>
            <translation>もう一度コピーまたはダウンロードしてください。</translation>
        </message>
        <message>
            <source>{name} is not an image that can be read.</source>
            <translation>{name} は読み込める画像ではありません。</translation>
        </message>
        <message>
            <source>The image {name} is only {width}x{height} pixels.</source>
            <translation>画像 {name} は {width}x{height} ピクセルしかありません。</translation>
        </message>
        <message>
            <source>Use a larger one.</source>
            <translation>もっと大きいものを使ってください。</translation>
        </message>
        <message>
            <source>The image {name} has more than {limit} megapixels.</source>
            <translation>画像 {name} は {limit} メガピクセルを超えています。</translation>
        </message>
        <message>
            <source>{name} is a HEIC image, which cannot be read here.</source>
            <translation>{name} は HEIC 画像のため、ここでは読み込めません。</translation>
        </message>
        <message>
            <source>Save it as JPEG, or run: pip install pi-heif.</source>
            <translation>JPEG として保存するか、pip install pi-heif を実行してください。</translation>
        </message>
        <message>
            <source>The camera's image size changed from {before} to {after}.</source>
            <translation>カメラの画像サイズが {before} から {after} に変わりました。</translation>
        </message>
        <message>
            <source>Look straight ahead for a moment.</source>
            <translation>しばらく正面を見てください。</translation>
        </message>
        <message>
            <source>Camera {name} delivers only {measured:.0f} of {nominal:.0f} fps. Better lighting or a USB port of its own may help.</source>
            <translation>カメラ {name} は {nominal:.0f} fps のうち {measured:.0f} fps しか出ていません。明るくするか、専用の USB ポートを使うと改善することがあります。</translation>
        </message>
        <message>
            <source>Camera {name} reports invalid timestamps; using arrival times instead.</source>
            <translation>カメラ {name} のタイムスタンプが無効なため、到着時刻を使います。</translation>
        </message>
        <message>
            <source>The camera {name} failed: {reason}.</source>
            <translation>カメラ {name} でエラーが発生しました: {reason}。</translation>
        </message>
        <message>
            <source>Reconnecting. If that fails, unplug the camera and plug it in again.</source>
            <translation>再接続しています。うまくいかない場合はカメラを外してもう一度接続してください。</translation>
        </message>
        <message>
            <source>The camera {name} is the virtual camera that Avatarify sends to.</source>
            <translation>カメラ {name} は Avatarify の送信先の仮想カメラです。</translation>
        </message>
        <message>
            <source>Choose the camera that sees you; 'avatarify devices' lists them.</source>
            <translation>自分が映るカメラを選んでください。「avatarify devices」で一覧できます。</translation>
        </message>
        <message>
            <source>{name} is not responding and cannot be changed now.</source>
            <translation>{name} が応答しないため、今は変更できません。</translation>
        </message>
        <message>
            <source>Try again in a moment.</source>
            <translation>しばらくしてからもう一度お試しください。</translation>
        </message>
        <message>
            <source>{name} has not taken a picture for {seconds:.0f} s.</source>
            <translation>{name} が {seconds:.0f} 秒間フレームを受け取っていません。</translation>
        </message>
        <message>
            <source>If it does not recover by itself, close the program that shows it.</source>
            <translation>自動的に回復しない場合は、表示しているプログラムを閉じてください。</translation>
        </message>
        <message>
            <source>{name} failed: {reason}.</source>
            <translation>{name} でエラーが発生しました: {reason}。</translation>
        </message>
        <message>
            <source>This computer is too slow or too busy: showing every second frame ({fps:.0f} fps).</source>
            <translation>コンピューターの処理が追いつかないため、1 フレームおきに表示しています（{fps:.0f} fps）。</translation>
        </message>
        <message>
            <source>Reduced detail to keep {fps:.0f} fps.</source>
            <translation>{fps:.0f} fps を保つため、処理の細かさを下げています。</translation>
        </message>
        <message>
            <source>The {name} thread did not end within {seconds:.0f} s.</source>
            <translation>スレッド {name} が {seconds:.0f} 秒以内に終了しませんでした。</translation>
        </message>
        <message>
            <source>Unplug the camera or close the program that uses it, then start Avatarify again.</source>
            <translation>カメラを外すか、使っているプログラムを閉じてから、avatarify を再起動してください。</translation>
        </message>
        <message>
            <source>The folder {folder} cannot be written: {reason}.</source>
            <translation>フォルダー {folder} に書き込めません: {reason}。</translation>
        </message>
        <message>
            <source>Make it writable, free some space, or choose another folder with --output or AVATARIFY_CACHE.</source>
            <translation>書き込めるようにするか、空きを増やすか、--output または AVATARIFY_CACHE で別のフォルダーを選んでください。</translation>
        </message>
        <message>
            <source>Another process has been holding {file} for 15 minutes.</source>
            <translation>別のプロセスが {file} を 15 分間保持しています。</translation>
        </message>
        <message>
            <source>End that process, then try again.</source>
            <translation>そのプロセスを終了してから、もう一度お試しください。</translation>
        </message>
        <message>
            <source>Programs may use only {allowed} MB of memory here, but a model needs {needed} MB.</source>
            <translation>ここではプログラムが使えるメモリは {allowed} MB だけですが、モデルには {needed} MB が必要です。</translation>
        </message>
        <message>
            <source>Raise the limit, for example with: ulimit -v unlimited</source>
            <translation>制限を引き上げてください。例: ulimit -v unlimited</translation>
        </message>
        <message>
            <source>A key point's Jacobian cannot be inverted.</source>
            <translation>キーポイントのヤコビ行列に逆行列がありません。</translation>
        </message>
        <message>
            <source>Look at the camera and recalibrate.</source>
            <translation>カメラを見て、再調整してください。</translation>
        </message>
        <message>
            <source>The key points enclose no area.</source>
            <translation>キーポイントの囲む面積がありません。</translation>
        </message>
        <message>
            <source>The key points are not numbers.</source>
            <translation>キーポイントが数値になっていません。</translation>
        </message>
        <message>
            <source>Recalibrate, or try another model.</source>
            <translation>再調整するか、別のモデルを試してください。</translation>
        </message>
        <message>
            <source>The sizes '{name}' are unknown.</source>
            <translation>サイズ「{name}」は不明です。</translation>
        </message>
        <message>
            <source>Known sizes: {known}.</source>
            <translation>既知のサイズ: {known}。</translation>
        </message>
        <message>
            <source>{path} has no dict with the parts kp_detector and generator.</source>
            <translation>{path} には kp_detector と generator を持つ dict がありません。</translation>
        </message>
        <message>
            <source>Checkpoints of the First Order Motion Model, such as vox-cpk.pth.tar, can be used.</source>
            <translation>vox-cpk.pth.tar など、First Order Motion Model のチェックポイントを使えます。</translation>
        </message>
        <message>
            <source>{path} is a model of the kind {kind}, which does not run live.</source>
            <translation>{path} は種類 {kind} のモデルで、ライブでは動きません。</translation>
        </message>
        <message>
            <source>Use it as --model of 'avatarify animate', 'evaluate --reconstruct', or 'figures'.</source>
            <translation>「avatarify animate」「evaluate --reconstruct」「figures」の --model に使ってください。</translation>
        </message>
        <message>
            <source>{path} was not written by 'avatarify train'.</source>
            <translation>{path} は「avatarify train」が書き出したものではありません。</translation>
        </message>
        <message>
            <source>Give the model.safetensors of a training run, or a .pth.tar.</source>
            <translation>「avatarify train」の model.safetensors か .pth.tar を指定してください。</translation>
        </message>
        <message>
            <source>{path} cannot be written: {reason}.</source>
            <translation>{path} に書き込めません: {reason}。</translation>
        </message>
        <message>
            <source>Free some space, or check the folder.</source>
            <translation>空きを増やすか、フォルダーを確認してください。</translation>
        </message>
        <message>
            <source>missing tensors: {count} ({names})</source>
            <translation>不足しているテンソル: {count}（{names}）</translation>
        </message>
        <message>
            <source>unknown tensors: {count} ({names})</source>
            <translation>未知のテンソル: {count}（{names}）</translation>
        </message>
        <message>
            <source>tensors of another shape: {count} ({names})</source>
            <translation>形状の異なるテンソル: {count}（{names}）</translation>
        </message>
        <message>
            <source>{path} contains more than weights ({name}) and was not read.</source>
            <translation>{path} には重み以外（{name}）が含まれるため、読み込みませんでした。</translation>
        </message>
        <message>
            <source>Use a file from the model's own publisher.</source>
            <translation>モデルの発行元のファイルを使ってください。</translation>
        </message>
        <message>
            <source>{path} is damaged or truncated and cannot be read.</source>
            <translation>{path} は破損しているか途中で切れていて、読み込めません。</translation>
        </message>
        <message>
            <source>{path} does not fit the model: {problems}.</source>
            <translation>{path} はモデルに合いません: {problems}。</translation>
        </message>
        <message>
            <source>{path} has tensors of a kind that cannot be used: {names}.</source>
            <translation>{path} には使用できない種類のテンソルがあります: {names}。</translation>
        </message>
        <message>
            <source>{path} has numbers that are not finite: {names}.</source>
            <translation>{path} に有限でない数値があります: {names}。</translation>
        </message>
        <message>
            <source>The checkpoint {path} cannot be read: {reason}.</source>
            <translation>チェックポイント {path} を読み込めません: {reason}。</translation>
        </message>
        <message>
            <source>{path} is a web page, not a checkpoint.</source>
            <translation>{path} は Web ページであり、チェックポイントではありません。</translation>
        </message>
        <message>
            <source>Download the file itself.</source>
            <translation>ファイルそのものをダウンロードしてください。</translation>
        </message>
        <message>
            <source>{path} is not a torch checkpoint.</source>
            <translation>{path} は torch のチェックポイントではありません。</translation>
        </message>
        <message>
            <source>Give a .pth.tar file such as vox-cpk.pth.tar.</source>
            <translation>vox-cpk.pth.tar のような .pth.tar ファイルを指定してください。</translation>
        </message>
        <message>
            <source>{path} has more than {limit} tensors, which no model here has.</source>
            <translation>{path} にはテンソルが {limit} 個を超えて含まれています。ここで使えるモデルにはありえない数です。</translation>
        </message>
        <message>
            <source>{path} is an archive of other files.</source>
            <translation>{path} は別のファイルをまとめたアーカイブです。</translation>
        </message>
        <message>
            <source>Unpack it, and give the checkpoint inside.</source>
            <translation>展開して、中のチェックポイントを指定してください。</translation>
        </message>
        <message>
            <source>The sizes in the manifest are not valid.</source>
            <translation>マニフェストのサイズ情報が正しくありません。</translation>
        </message>
        <message>
            <source>Import the model again.</source>
            <translation>モデルを取り込み直してください。</translation>
        </message>
        <message>
            <source>The interrupted recording {file} cannot be moved or deleted: {reason}.</source>
            <translation>中断された録画 {file} を移動または削除できません: {reason}。</translation>
        </message>
        <message>
            <source>Make its folder writable, or free some disk space.</source>
            <translation>フォルダーを書き込み可能にするか、ディスクの空き容量を増やしてください。</translation>
        </message>
        <message>
            <source>Cannot serve the page {address}: {reason}.</source>
            <translation>ページ {address} を提供できません: {reason}。</translation>
        </message>
        <message>
            <source>Choose another port: --sink http://{host}:{next_port}</source>
            <translation>別のポートを選んでください: --sink http://{host}:{next_port}</translation>
        </message>
        <message>
            <source>The page {address} is closed.</source>
            <translation>ページ {address} は閉じています。</translation>
        </message>
        <message>
            <source>Open it again.</source>
            <translation>開き直してください。</translation>
        </message>
        <message>
            <source>The recording {name} is finished.</source>
            <translation>録画 {name} は終了しています。</translation>
        </message>
        <message>
            <source>Start a new one.</source>
            <translation>新しく開始してください。</translation>
        </message>
        <message>
            <source>Cannot write to the folder {folder}: {reason}.</source>
            <translation>フォルダー {folder} に書き込めません: {reason}。</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>別のフォルダーを選んでください。</translation>
        </message>
        <message>
            <source>Free some disk space or use another disk.</source>
            <translation>空きを増やすか、別のディスクを使ってください。</translation>
        </message>
        <message>
            <source>What was recorded before is in {name}. {advice}</source>
            <translation>それまでの録画は {name} にあります。{advice}</translation>
        </message>
        <message>
            <source>Cannot write {name}: {reason}.</source>
            <translation>{name} を書き込めません: {reason}。</translation>
        </message>
        <message>
            <source>A video of {size} cannot be written.</source>
            <translation>{size} の動画は書き込めません。</translation>
        </message>
        <message>
            <source>Both sides must be even.</source>
            <translation>両辺は偶数にしてください。</translation>
        </message>
        <message>
            <source>{file} is not an MP4 file name.</source>
            <translation>{file} は MP4 のファイル名ではありません。</translation>
        </message>
        <message>
            <source>End it in {suffix}.</source>
            <translation>末尾を {suffix} にしてください。</translation>
        </message>
        <message>
            <source>A video of {fps:g} fps cannot be written.</source>
            <translation>{fps:g} fps の動画は書き込めません。</translation>
        </message>
        <message>
            <source>Use 1 to 240 fps.</source>
            <translation>1 から 240 fps にしてください。</translation>
        </message>
        <message>
            <source>A sink is named twice.</source>
            <translation>出力先が重複しています。</translation>
        </message>
        <message>
            <source>Name each sink once.</source>
            <translation>各出力先は一度だけ指定してください。</translation>
        </message>
        <message>
            <source>'{text}' is not a valid sink.</source>
            <translation>「{text}」は有効な出力先ではありません。</translation>
        </message>
        <message>
            <source>Use virtual, null, mjpeg, or a file ending in {suffix}.</source>
            <translation>virtual、null、mjpeg、または末尾が {suffix} のファイルを指定してください。</translation>
        </message>
        <message>
            <source>'{text}' is not a page of this machine.</source>
            <translation>「{text}」はこのコンピューターのページではありません。</translation>
        </message>
        <message>
            <source>Use http://127.0.0.1:{port}.</source>
            <translation>http://127.0.0.1:{port} を使ってください。</translation>
        </message>
        <message>
            <source>There is no virtual camera for this system.</source>
            <translation>このシステム用の仮想カメラはありません。</translation>
        </message>
        <message>
            <source>Use '--sink mjpeg' and a browser source in OBS.</source>
            <translation>「--sink mjpeg」と OBS のブラウザソースを使ってください。</translation>
        </message>
        <message>
            <source>Another program sends to the OBS camera: stop the virtual camera in OBS.</source>
            <translation>別のプログラムが OBS カメラに送信しています。OBS で仮想カメラを停止してください。</translation>
        </message>
        <message>
            <source>Choose a name that 'avatarify devices' lists.</source>
            <translation>「avatarify devices」の一覧にある名前を選んでください。</translation>
        </message>
        <message>
            <source>Another program sends to it, or a program that showed it is still open: close both. If that does not help: sudo modprobe -r v4l2loopback, then {command}</source>
            <translation>別のプログラムが送信しているか、表示していたプログラムが開いたままです。両方を閉じてください。それでもだめなら: sudo modprobe -r v4l2loopback、続いて {command}</translation>
        </message>
        <message>
            <source>A program still shows frames of another size: turn off its camera, or close the program.</source>
            <translation>別のサイズのフレームを表示しているプログラムがあります。そのカメラをオフにするか、プログラムを閉じてください。</translation>
        </message>
        <message>
            <source>Avatarify already sends to it: stop the other session.</source>
            <translation>Avatarify がすでに送信しています。もう一つのセッションを停止してください。</translation>
        </message>
        <message>
            <source>Secure Boot requires a signed module: sudo mokutil --import {key}, restart, and choose 'Enroll MOK' on the blue screen.</source>
            <translation>セキュアブートでは署名付きモジュールが必要です: sudo mokutil --import {key} を実行し、再起動して青い画面で「Enroll MOK」を選んでください。</translation>
        </message>
        <message>
            <source>Close all programs that use the virtual camera, including the browser, then run the command again.</source>
            <translation>ブラウザーを含め、仮想カメラを使うプログラムをすべて閉じてから、もう一度実行してください。</translation>
        </message>
        <message>
            <source>It was not built for this kernel: restart if a newer one is installed, then run the command again.</source>
            <translation>このカーネル用に作成されていません。新しいカーネルがあれば再起動してから、もう一度実行してください。</translation>
        </message>
        <message>
            <source>Run: sudo apt-get update, then run the command again.</source>
            <translation>sudo apt-get update を実行してから、もう一度実行してください。</translation>
        </message>
        <message>
            <source>On Fedora it is in RPM Fusion: enable rpmfusion-free, then run the command again.</source>
            <translation>Fedora では RPM Fusion にあります。rpmfusion-free を有効にしてから、もう一度実行してください。</translation>
        </message>
        <message>
            <source>v4l2loopback is loaded but has no device.</source>
            <translation>v4l2loopback は読み込まれていますが、デバイスがありません。</translation>
        </message>
        <message>
            <source>Run: sudo mokutil --import {key}, restart, and choose 'Enroll MOK' on the blue screen; then: {command}</source>
            <translation>sudo mokutil --import {key} を実行し、再起動して青い画面で「Enroll MOK」を選び、その後: {command}</translation>
        </message>
        <message>
            <source>v4l2loopback is not loaded, and Secure Boot only loads signed modules.</source>
            <translation>v4l2loopback が読み込まれていません。セキュアブートは署名付きモジュールだけを読み込みます。</translation>
        </message>
        <message>
            <source>v4l2loopback is installed but not loaded.</source>
            <translation>v4l2loopback はインストール済みですが、読み込まれていません。</translation>
        </message>
        <message>
            <source>v4l2loopback is not built for kernel {release}: the kernel headers are missing.</source>
            <translation>v4l2loopback はカーネル {release} 用に作成されていません。カーネルヘッダーがありません。</translation>
        </message>
        <message>
            <source>Install it with your system's package manager, then run: {command}</source>
            <translation>システムのパッケージマネージャーでインストールし、その後に実行: {command}</translation>
        </message>
        <message>
            <source>v4l2loopback is not installed.</source>
            <translation>v4l2loopback がインストールされていません。</translation>
        </message>
        <message>
            <source>{devices}, without exclusive_caps: Chrome and Meet do not list it.</source>
            <translation>{devices}（exclusive_caps なし）: Chrome と Meet の一覧に出ません。</translation>
        </message>
        <message>
            <source>Close programs that use it, then run: {command}</source>
            <translation>使っているプログラムを閉じてから実行: {command}</translation>
        </message>
        <message>
            <source>{devices}: Zoom ignores devices with so high a number.</source>
            <translation>{devices}: Zoom は番号がこれほど大きいデバイスを無視します。</translation>
        </message>
        <message>
            <source>Load v4l2loopback with a lower video_nr.</source>
            <translation>v4l2loopback をより小さい video_nr で読み込んでください。</translation>
        </message>
        <message>
            <source>OBS Virtual Camera</source>
            <translation>OBS Virtual Camera</translation>
        </message>
        <message>
            <source>The camera extension of OBS is not approved.</source>
            <translation>OBS のカメラ機能拡張が承認されていません。</translation>
        </message>
        <message>
            <source>Allow it in {settings}, then restart.</source>
            <translation>{settings} で許可し、再起動してください。</translation>
        </message>
        <message>
            <source>OBS Studio is not installed.</source>
            <translation>OBS Studio がインストールされていません。</translation>
        </message>
        <message>
            <source>Install OBS Studio 30 or newer in Applications, press 'Start Virtual Camera' in it, then restart.</source>
            <translation>OBS Studio 30 以降を「アプリケーション」にインストールし、「仮想カメラ開始」を押してから再起動してください。</translation>
        </message>
        <message>
            <source>The virtual camera of OBS has never been started.</source>
            <translation>OBS の仮想カメラは一度も開始されていません。</translation>
        </message>
        <message>
            <source>Start OBS, press 'Start Virtual Camera', allow its extension ({settings}), then restart.</source>
            <translation>OBS を起動して「仮想カメラ開始」を押し、機能拡張を許可（{settings}）してから再起動してください。</translation>
        </message>
        <message>
            <source>Install OBS Studio 26 or newer from obsproject.com, then start and stop its virtual camera once.</source>
            <translation>obsproject.com から OBS Studio 26 以降をインストールし、仮想カメラを一度開始して停止してください。</translation>
        </message>
        <message>
            <source>Start OBS once as administrator, press 'Start Virtual Camera', then stop it.</source>
            <translation>OBS を一度管理者として起動し、「仮想カメラ開始」を押してから停止してください。</translation>
        </message>
        <message>
            <source>set the options</source>
            <translation>オプションを設定</translation>
        </message>
        <message>
            <source>load it at each start</source>
            <translation>起動のたびに読み込む</translation>
        </message>
        <message>
            <source>unload the module</source>
            <translation>モジュールを取り外す</translation>
        </message>
        <message>
            <source>remove the options, and do not load it at each start</source>
            <translation>オプションを削除し、起動時に読み込まないようにする</translation>
        </message>
        <message>
            <source>build it for kernel {release}</source>
            <translation>カーネル {release} 用に作成</translation>
        </message>
        <message>
            <source>install the module</source>
            <translation>モジュールをインストール</translation>
        </message>
        <message>
            <source>unload it: its options cannot change while it is loaded</source>
            <translation>取り外す（読み込み中はオプションを変更できないため）</translation>
        </message>
        <message>
            <source>load it now</source>
            <translation>今すぐ読み込む</translation>
        </message>
        <message>
            <source>A picture of shape {shape} was sent where {size} is expected.</source>
            <translation>{size} が必要なところに形状 {shape} の画像が送られました。</translation>
        </message>
        <message>
            <source>Open the sink again.</source>
            <translation>出力先を開き直してください。</translation>
        </message>
        <message>
            <source>{name} has sound, but files of this kind cannot hold it.</source>
            <translation>{name} には音声がありますが、この種類のファイルには保存できません。</translation>
        </message>
        <message>
            <source>its codec is unknown</source>
            <translation>コーデックが不明です</translation>
        </message>
        <message>
            <source>The sound of {name} is lost from here on: {reason}.</source>
            <translation>{name} の音声はここから先が失われます: {reason}。</translation>
        </message>
        <message>
            <source>{file} is not the name of a video that can be written.</source>
            <translation>{file} は書き出せる動画のファイル名ではありません。</translation>
        </message>
        <message>
            <source>End it in one of: {suffixes}.</source>
            <translation>次のいずれかの拡張子を付けてください: {suffixes}。</translation>
        </message>
        <message>
            <source>{path} is a folder.</source>
            <translation>{path} はフォルダーです。</translation>
        </message>
        <message>
            <source>Choose a file to write.</source>
            <translation>書き込むファイルを指定してください。</translation>
        </message>
        <message>
            <source>Create it first.</source>
            <translation>先に作成してください。</translation>
        </message>
        <message>
            <source>The virtual camera {name} is closed.</source>
            <translation>仮想カメラ {name} は閉じています。</translation>
        </message>
        <message>
            <source>The virtual camera {name} was lost: {reason}.</source>
            <translation>仮想カメラ {name} が失われました: {reason}。</translation>
        </message>
        <message>
            <source>Cannot open the virtual camera {device}: {reason}.</source>
            <translation>仮想カメラ {device} を開けません: {reason}。</translation>
        </message>
        <message>
            <source>Cannot open a virtual camera: {reason}.</source>
            <translation>仮想カメラを開けません: {reason}。</translation>
        </message>
        <message>
            <source>No home folder is known for this user.</source>
            <translation>このユーザーのホームフォルダーが分かりません。</translation>
        </message>
        <message>
            <source>Set HOME to a folder that you can write to.</source>
            <translation>書き込みできるフォルダーを HOME に設定してください。</translation>
        </message>
        <message>
            <source>'{text}' is not the address of a host.</source>
            <translation>「{text}」はホストのアドレスではありません。</translation>
        </message>
        <message>
            <source>Write it as wss://NAME:PORT.</source>
            <translation>wss://ホスト名:ポート の形式で書いてください。</translation>
        </message>
        <message>
            <source>The host {host} has another model.</source>
            <translation>ホスト {host} では別のモデルが使われています。</translation>
        </message>
        <message>
            <source>Choose its model with --model.</source>
            <translation>--model でホストのモデルを選んでください。</translation>
        </message>
        <message>
            <source>The certificate of {host} is trusted from now on. Its fingerprint is {fingerprint}.</source>
            <translation>今後、{host} の証明書を信頼します。フィンガープリントは {fingerprint} です。</translation>
        </message>
        <message>
            <source>The certificate of {host} is not the one that was seen first.</source>
            <translation>{host} の証明書が最初に接続したときのものと異なります。</translation>
        </message>
        <message>
            <source>If the host was set up again, delete its entry in {file}.</source>
            <translation>ホストが再設定された場合は、{file} からそのホストの項目を削除してください。</translation>
        </message>
        <message>
            <source>The host {host} cannot be reached: {reason}.</source>
            <translation>ホスト {host} に接続できません: {reason}。</translation>
        </message>
        <message>
            <source>Check the address and the network.</source>
            <translation>アドレスとネットワークを確認してください。</translation>
        </message>
        <message>
            <source>The host {host} does not accept the token.</source>
            <translation>ホスト {host} がトークンを受け付けません。</translation>
        </message>
        <message>
            <source>Ask its operator for a token.</source>
            <translation>ホストの管理者にトークンを発行してもらってください。</translation>
        </message>
        <message>
            <source>The host {host} is full.</source>
            <translation>ホスト {host} は満員です。</translation>
        </message>
        <message>
            <source>Try again later, or give another host.</source>
            <translation>後でもう一度試すか、別のホストを指定してください。</translation>
        </message>
        <message>
            <source>The host {host} refused the session with the status {status}.</source>
            <translation>ホスト {host} がステータス {status} でセッションを拒否しました。</translation>
        </message>
        <message>
            <source>The host does not answer in time. This computer draws the portrait.</source>
            <translation>ホストの応答が間に合いません。このコンピューターで肖像を描画します。</translation>
        </message>
        <message>
            <source>The host draws the portrait again.</source>
            <translation>再びホストで肖像を描画します。</translation>
        </message>
        <message>
            <source>The token file {file} cannot be read: {reason}.</source>
            <translation>トークンファイル {file} を読み込めません: {reason}。</translation>
        </message>
        <message>
            <source>It has one token per line.</source>
            <translation>1 行に 1 つのトークンを書いたファイルです。</translation>
        </message>
        <message>
            <source>The token file {file} has no usable token.</source>
            <translation>トークンファイル {file} に使えるトークンがありません。</translation>
        </message>
        <message>
            <source>Write one token per line.</source>
            <translation>1 行に 1 つのトークンを書いてください。</translation>
        </message>
        <message>
            <source>There is no graph '{graph}'.</source>
            <translation>グラフ「{graph}」はありません。</translation>
        </message>
        <message>
            <source>{runtime} could not run '{graph}': {reason}</source>
            <translation>{runtime} は「{graph}」を実行できませんでした: {reason}</translation>
        </message>
        <message>
            <source>Use another runtime (--runtime), or run 'avatarify doctor'.</source>
            <translation>別のランタイム（--runtime）を使うか、「avatarify doctor」を実行してください。</translation>
        </message>
        <message>
            <source>The package cuda-python is not installed.</source>
            <translation>パッケージ cuda-python がインストールされていません。</translation>
        </message>
        <message>
            <source>Run: pip install cuda-python</source>
            <translation>実行: pip install cuda-python</translation>
        </message>
        <message>
            <source>No NVIDIA driver found: {reason}</source>
            <translation>NVIDIA ドライバーが見つかりません: {reason}</translation>
        </message>
        <message>
            <source>Could not allocate {size} MB of GPU memory: {reason}</source>
            <translation>GPU メモリー {size} MB を確保できませんでした: {reason}</translation>
        </message>
        <message>
            <source>Close other programs.</source>
            <translation>他のプログラムを閉じてください。</translation>
        </message>
        <message>
            <source>CUDA error {code}, {reason}.</source>
            <translation>CUDA エラー {code}、{reason}。</translation>
        </message>
        <message>
            <source>ONNX Runtime is not installed.</source>
            <translation>ONNX Runtime がインストールされていません。</translation>
        </message>
        <message>
            <source>Run: pip install onnxruntime</source>
            <translation>実行: pip install onnxruntime</translation>
        </message>
        <message>
            <source>ONNX Runtime cannot open {file}: {reason}.</source>
            <translation>ONNX Runtime は {file} を開けません: {reason}。</translation>
        </message>
        <message>
            <source>Use --runtime torch.</source>
            <translation>--runtime torch を使ってください。</translation>
        </message>
        <message>
            <source>This ONNX Runtime has no {provider}.</source>
            <translation>この ONNX Runtime に {provider} はありません。</translation>
        </message>
        <message>
            <source>OpenVINO cannot compile the model: {reason}.</source>
            <translation>OpenVINO はモデルをコンパイルできません: {reason}。</translation>
        </message>
        <message>
            <source>no NVIDIA driver found</source>
            <translation>NVIDIA ドライバーが見つかりません</translation>
        </message>
        <message>
            <source>the package torch is not installed (pip install 'avatarify[cuda]')</source>
            <translation>パッケージ torch がインストールされていません (pip install 'avatarify[cuda]')</translation>
        </message>
        <message>
            <source>the package is not installed (pip install 'avatarify[{name}]')</source>
            <translation>パッケージがインストールされていません（pip install 'avatarify[{name}]'）</translation>
        </message>
        <message>
            <source>the package cuda-python is not installed (pip install cuda-python)</source>
            <translation>パッケージ cuda-python がインストールされていません（pip install cuda-python）</translation>
        </message>
        <message>
            <source>{gpu} has {size} MB of memory, and {least} MB are needed</source>
            <translation>{gpu} のメモリーは {size} MB で、{least} MB が必要です</translation>
        </message>
        <message>
            <source>the NVIDIA driver supports CUDA {cuda}, and {least} is needed (driver {driver} or newer)</source>
            <translation>NVIDIA ドライバーは CUDA {cuda} 対応で、{least} が必要です（ドライバー {driver} 以降）</translation>
        </message>
        <message>
            <source>{gpu} has compute capability {capability}, and TensorRT-RTX supports {supported}</source>
            <translation>{gpu} のコンピュート能力は {capability} で、TensorRT-RTX の対応は {supported} です</translation>
        </message>
        <message>
            <source>{gpu} has compute capability {capability}, and {least} (Turing) or newer is needed</source>
            <translation>{gpu} のコンピュート能力は {capability} で、{least}（Turing）以上が必要です</translation>
        </message>
        <message>
            <source>{name} is not installed.</source>
            <translation>{name} がインストールされていません。</translation>
        </message>
        <message>
            <source>Run: pip install 'avatarify[{name}]'</source>
            <translation>実行: pip install 'avatarify[{name}]'</translation>
        </message>
        <message>
            <source>{runtime} rejected the engine {graph}: {reason}</source>
            <translation>{runtime} がエンジン {graph} を拒否しました: {reason}</translation>
        </message>
        <message>
            <source>Run 'avatarify doctor', or 'avatarify build-engines --target {runtime} --force'.</source>
            <translation>「avatarify doctor」または「avatarify build-engines --target {runtime} --force」を実行してください。</translation>
        </message>
        <message>
            <source>{runtime} cannot execute {graph}: {reason}</source>
            <translation>{runtime} は {graph} を実行できません: {reason}</translation>
        </message>
        <message>
            <source>TensorRT refused: {reason}</source>
            <translation>TensorRT が拒否しました: {reason}</translation>
        </message>
        <message>
            <source>torch finds no CUDA device.</source>
            <translation>torch が CUDA デバイスを見つけられません。</translation>
        </message>
        <message>
            <source>Run 'avatarify doctor' to see why.</source>
            <translation>理由は「avatarify doctor」で確認できます。</translation>
        </message>
        <message>
            <source>The settings cannot be saved in {folder}: {reason}.</source>
            <translation>設定を {folder} に保存できません: {reason}。</translation>
        </message>
        <message>
            <source>Make the folder writable, or set AVATARIFY_CONFIG to another folder.</source>
            <translation>フォルダーを書き込めるようにするか、AVATARIFY_CONFIG で別のフォルダーを指定してください。</translation>
        </message>
        <message>
            <source>The system library {library} is missing.</source>
            <translation>システムライブラリ {library} がありません。</translation>
        </message>
        <message>
            <source>Install the package that contains it.</source>
            <translation>それを含むパッケージをインストールしてください。</translation>
        </message>
        <message>
            <source>Cannot run pkexec: {reason}.</source>
            <translation>pkexec を実行できません:{reason}。</translation>
        </message>
        <message>
            <source>Run the commands yourself in a terminal, each with sudo in front.</source>
            <translation>ターミナルで、各コマンドの先頭に sudo を付けて実行してください。</translation>
        </message>
        <message>
            <source>Nothing was changed: the password was not given.</source>
            <translation>パスワードが入力されなかったため、何も変更していません。</translation>
        </message>
        <message>
            <source>The set-up failed: {output}</source>
            <translation>設定に失敗しました:{output}</translation>
        </message>
        <message>
            <source>Cannot connect to the display '{display}'.</source>
            <translation>ディスプレイ「{display}」に接続できません。</translation>
        </message>
        <message>
            <source>Log in to a desktop, or use 'avatarify run', which needs no display.</source>
            <translation>デスクトップにログインするか、ディスプレイの要らない「avatarify run」を使ってください。</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>開始しています…</translation>
        </message>
        <message>
            <source>Cannot rename {portrait}: {reason}.</source>
            <translation>{portrait} の名前を変更できません: {reason}。</translation>
        </message>
        <message>
            <source>Cannot delete {portrait}: {reason}.</source>
            <translation>{portrait} を削除できません: {reason}。</translation>
        </message>
        <message>
            <source>Cannot restore {portrait}: {reason}.</source>
            <translation>{portrait} を復元できません: {reason}。</translation>
        </message>
        <message>
            <source>Cannot save {portrait} to the portraits folder: {reason}.</source>
            <translation>{portrait} を肖像フォルダーに保存できません: {reason}。</translation>
        </message>
        <message>
            <source>Free some disk space, or close the program that uses the file.</source>
            <translation>ディスクの空きを増やすか、ファイルを使っているプログラムを閉じてください。</translation>
        </message>
        <message>
            <source>Cannot create the folder {folder}: {reason}.</source>
            <translation>フォルダー {folder} を作成できません: {reason}。</translation>
        </message>
        <message>
            <source>Cannot write the snapshot {file}.</source>
            <translation>スナップショット {file} を書き込めません。</translation>
        </message>
        <message>
            <source>Free some disk space or choose another folder.</source>
            <translation>ディスクの空きを増やすか、別のフォルダーを選んでください。</translation>
        </message>
        <message>
            <source>The manifest {file} cannot be read: {reason}.</source>
            <translation>マニフェスト {file} を読み込めません: {reason}。</translation>
        </message>
        <message>
            <source>The manifest {file} is not valid: {reason}.</source>
            <translation>マニフェスト {file} は無効です: {reason}。</translation>
        </message>
        <message>
            <source>Import or download the model again.</source>
            <translation>モデルをもう一度インポートまたはダウンロードしてください。</translation>
        </message>
        <message>
            <source>The weights {file} cannot be read: {reason}.</source>
            <translation>重み {file} を読み込めません: {reason}。</translation>
        </message>
        <message>
            <source>The weights {file} are damaged: their SHA-256 differs from the manifest's.</source>
            <translation>重み {file} は破損しています。SHA-256 がマニフェストと異なります。</translation>
        </message>
        <message>
            <source>it must be an object with the keys {keys}</source>
            <translation>キー {keys} を持つオブジェクトでなければなりません</translation>
        </message>
        <message>
            <source>the model's name is not its folder's, '{folder}'</source>
            <translation>モデル名がフォルダー名「{folder}」と一致しません</translation>
        </message>
        <message>
            <source>its kind is none of {kinds}</source>
            <translation>種類が {kinds} のいずれでもありません</translation>
        </message>
        <message>
            <source>its config is not an object</source>
            <translation>設定がオブジェクトではありません</translation>
        </message>
        <message>
            <source>its file is not the plain name of a safetensors file</source>
            <translation>ファイルが safetensors の単純なファイル名ではありません</translation>
        </message>
        <message>
            <source>its sha256 is not 64 hexadecimal digits</source>
            <translation>sha256 が 64 桁の 16 進数ではありません</translation>
        </message>
        <message>
            <source>There is no model '{name}'.</source>
            <translation>モデル「{name}」はありません。</translation>
        </message>
        <message>
            <source>No models are installed: reinstall Avatarify.</source>
            <translation>モデルがインストールされていません。Avatarify を再インストールしてください。</translation>
        </message>
    </context>
    <context>
        <name>Notice</name>
        <message>
            <source>Unexpected error: {}.</source>
            <translation>予期しないエラー：{}</translation>
        </message>
        <message>
            <source>Restart Avatarify. If it happens again, report it.</source>
            <translation>Avatarify を再起動してください。再発する場合は報告してください。</translation>
        </message>
    </context>
    <context>
        <name>NoticeStrip</name>
        <message>
            <source>Dismiss</source>
            <translation>閉じる</translation>
        </message>
    </context>
    <context>
        <name>Numbers</name>
        <message>
            <source>{}%</source>
            <translation>{}%</translation>
        </message>
    </context>
    <context>
        <name>OutputWindow</name>
        <message>
            <source>Avatarify output</source>
            <translation>Avatarify の出力</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>閉じる</translation>
        </message>
    </context>
    <context>
        <name>Page</name>
        <message>
            <source>Close</source>
            <translation>閉じる</translation>
        </message>
        <message>
            <source>Copy to clipboard</source>
            <translation>クリップボードにコピー</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>コピー</translation>
        </message>
    </context>
    <context>
        <name>PortraitGrid</name>
        <message>
            <source>Portraits</source>
            <translation>肖像</translation>
        </message>
    </context>
    <context>
        <name>Portraits</name>
        <message>
            <source>New portrait</source>
            <translation>新しい肖像</translation>
        </message>
        <message>
            <source>This image is not on this computer: {}</source>
            <translation>この画像はこのコンピューターにありません：{}</translation>
        </message>
        <message>
            <source>Avatarify does not download it. Copy the image in your browser, then paste it here.</source>
            <translation>Avatarify はダウンロードしません。ブラウザーで画像をコピーし、ここに貼り付けてください。</translation>
        </message>
        <message>
            <source>That does not contain an image.</source>
            <translation>画像が含まれていません。</translation>
        </message>
        <message>
            <source>Copy an image, then paste it here.</source>
            <translation>画像をコピーしてから貼り付けてください。</translation>
        </message>
        <message>
            <source>{} deleted.</source>
            <translation>{} を削除しました。</translation>
        </message>
        <message>
            <source>Cannot read {} as an image.</source>
            <translation>{} を画像として読み込めません。</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, WebP, BMP, or TIFF image.</source>
            <translation>PNG、JPEG、WebP、BMP、TIFF の画像を使ってください。</translation>
        </message>
    </context>
    <context>
        <name>PreferencesPage</name>
        <message>
            <source>Preferences</source>
            <translation>環境設定</translation>
        </message>
        <message>
            <source>System default</source>
            <translation>システムに合わせる</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>ライト</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>ダーク</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>テーマ(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>言語(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Model</source>
            <translation>モデル(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Runtime</source>
            <translation>ランタイム(&amp;R)</translation>
        </message>
        <message>
            <source>Fastest available</source>
            <translation>利用できる最速のもの</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>自動</translation>
        </message>
        <message>
            <source>First face in view</source>
            <translation>最初に映った顔</translation>
        </message>
        <message>
            <source>&amp;Neutral frame</source>
            <translation>基準フレーム(&amp;N)</translation>
        </message>
        <message>
            <source>Always best quality</source>
            <translation>常に最高品質</translation>
        </message>
        <message>
            <source>Off: detail is reduced while this computer is too slow or too busy for the camera's frame rate.</source>
            <translation>オフの場合、カメラのフレームレートに処理が追いつかない間は細かさを下げます。</translation>
        </message>
        <message>
            <source>A new language takes effect when you reopen Avatarify; a new model, runtime, or quality at the next start.</source>
            <translation>言語の変更は Avatarify を開き直したとき、モデル・ランタイム・品質の変更は次回の開始時に有効になります。</translation>
        </message>
    </context>
    <context>
        <name>Preview</name>
        <message>
            <source>Preview: what others see</source>
            <translation>プレビュー：相手に見える映像</translation>
        </message>
        <message>
            <source>Your real face is being sent</source>
            <translation>素顔が送信されています</translation>
        </message>
        <message>
            <source>Frozen</source>
            <translation>固定中</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>開始しています…</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>顔が映っていません</translation>
        </message>
        <message>
            <source>Camera lost, reconnecting</source>
            <translation>カメラが切断されました。再接続中</translation>
        </message>
        <message>
            <source>Camera in use by another program</source>
            <translation>カメラは別のプログラムが使用中です</translation>
        </message>
        <message>
            <source>Camera frozen, reconnecting</source>
            <translation>カメラの映像が止まりました。再接続中</translation>
        </message>
        <message>
            <source>Camera covered or dark</source>
            <translation>カメラが覆われているか暗すぎます</translation>
        </message>
        <message>
            <source>Output lost, reconnecting</source>
            <translation>出力が切断されました。再接続中</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>停止しています…</translation>
        </message>
        <message>
            <source>Not running</source>
            <translation>停止中</translation>
        </message>
    </context>
    <context>
        <name>ReadyStep</name>
        <message>
            <source>Press Start here first. Then choose the camera in the meeting app:</source>
            <translation>先にここで開始を押してください。次に、会議アプリでカメラを選びます。</translation>
        </message>
        <message>
            <source>Preparation</source>
            <translation>準備</translation>
        </message>
        <message>
            <source>Everything is prepared.</source>
            <translation>準備ができました。</translation>
        </message>
    </context>
    <context>
        <name>Recordings</name>
        <message>
            <source>Recording saved: {}</source>
            <translation>録画を保存しました: {}</translation>
        </message>
        <message>
            <source>Snapshot saved: {}</source>
            <translation>スナップショットを保存しました: {}</translation>
        </message>
        <message>
            <source>Nothing had been recorded yet.</source>
            <translation>まだ何も録画されていませんでした。</translation>
        </message>
    </context>
    <context>
        <name>ReportPage</name>
        <message>
            <source>Report</source>
            <translation>報告</translation>
        </message>
        <message>
            <source>This is the whole report. Copy it into a message if you want someone to look at it.</source>
            <translation>これがレポートの全文です。誰かに見てもらうにはメッセージにコピーしてください。</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>削除</translation>
        </message>
        <message>
            <source>Delete this report</source>
            <translation>この報告を削除</translation>
        </message>
    </context>
    <context>
        <name>SessionWatch</name>
        <message>
            <source>This computer is too slow or too busy: {} of {} frames a second are shown.</source>
            <translation>このコンピューターは遅いか、負荷が高すぎます:毎秒 {} / {} フレームを表示しています。</translation>
        </message>
        <message>
            <source>Close other programs, or choose a smaller output.</source>
            <translation>他のプログラムを閉じるか、出力サイズを小さくしてください。</translation>
        </message>
        <message>
            <source>Poor neutral match ({}%).</source>
            <translation>基準の顔との一致度が低いです（{}%）。</translation>
        </message>
        <message>
            <source>Look straight ahead with your mouth closed and eyes open.</source>
            <translation>口を閉じ、目を開けて正面を見てください。</translation>
        </message>
    </context>
    <context>
        <name>SetUp</name>
        <message>
            <source>Run the commands above; the system asks for your password</source>
            <translation>上のコマンドを実行します(パスワードを求められます)</translation>
        </message>
        <message>
            <source>Set it up</source>
            <translation>設定する</translation>
        </message>
        <message>
            <source>How to get a virtual camera on this system</source>
            <translation>このシステムで仮想カメラを用意する方法</translation>
        </message>
        <message>
            <source>Show how…</source>
            <translation>方法を表示…</translation>
        </message>
        <message>
            <source>These commands run as administrator:</source>
            <translation>次のコマンドを管理者として実行します:</translation>
        </message>
        <message>
            <source>The virtual camera is ready.</source>
            <translation>仮想カメラの準備ができています。</translation>
        </message>
        <message>
            <source>Meeting apps see Avatarify through a virtual camera. There is none yet.</source>
            <translation>会議アプリは仮想カメラを通して Avatarify を表示します。まだ仮想カメラがありません。</translation>
        </message>
        <message>
            <source>The system cannot ask for the password: copy the commands.</source>
            <translation>パスワードを確認できないため、コマンドをコピーしてください。</translation>
        </message>
        <message>
            <source>The commands are running.</source>
            <translation>コマンドを実行しています。</translation>
        </message>
        <message>
            <source>Setting up; this can take some minutes…</source>
            <translation>設定中です。数分かかることがあります…</translation>
        </message>
    </context>
    <context>
        <name>Side</name>
        <message>
            <source>Portraits and controls</source>
            <translation>肖像と調整</translation>
        </message>
        <message>
            <source>Portraits</source>
            <translation>肖像</translation>
        </message>
        <message>
            <source>Adjust</source>
            <translation>調整</translation>
        </message>
    </context>
    <context>
        <name>SpeedCheck</name>
        <message>
            <source>Check the speed</source>
            <translation>速度を測る</translation>
        </message>
        <message>
            <source>Animate the demo clip for about ten seconds</source>
            <translation>デモ映像を約 10 秒間動かします</translation>
        </message>
        <message>
            <source>The speed is being measured.</source>
            <translation>速度を測定しています。</translation>
        </message>
        <message>
            <source>Stop the session first: it would slow the measurement down.</source>
            <translation>先にセッションを停止してください。測定が遅くなります。</translation>
        </message>
        <message>
            <source>There is no portrait to animate.</source>
            <translation>動かす肖像がありません。</translation>
        </message>
        <message>
            <source>Measuring…</source>
            <translation>測定中…</translation>
        </message>
    </context>
    <context>
        <name>State</name>
        <message>
            <source>Idle</source>
            <translation>待機中</translation>
        </message>
        <message>
            <source>Starting</source>
            <translation>開始中</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>実行中</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>顔が映っていません</translation>
        </message>
        <message>
            <source>Camera lost</source>
            <translation>カメラ切断</translation>
        </message>
        <message>
            <source>Camera in use</source>
            <translation>カメラ使用中</translation>
        </message>
        <message>
            <source>Camera frozen</source>
            <translation>カメラ停止</translation>
        </message>
        <message>
            <source>Camera covered</source>
            <translation>カメラが覆われています</translation>
        </message>
        <message>
            <source>Output lost</source>
            <translation>出力なし</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>停止処理中</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>失敗</translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message>
            <source>Status</source>
            <translation>状態</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状態</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>顔が映っていません</translation>
        </message>
        <message>
            <source>Frame rate</source>
            <translation>フレームレート</translation>
        </message>
        <message>
            <source>Added latency</source>
            <translation>追加遅延</translation>
        </message>
        <message>
            <source>Dropped</source>
            <translation>欠落</translation>
        </message>
        <message>
            <source>Neutral match</source>
            <translation>基準の一致</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>出力</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>モデル</translation>
        </message>
        <message>
            <source>Runtime and device are selected at start</source>
            <translation>ランタイムとデバイスは開始時に選ばれます</translation>
        </message>
        <message>
            <source>Running slowly</source>
            <translation>低速で実行中</translation>
        </message>
        <message>
            <source>{} on {}: {}</source>
            <translation>{}（{}）：{}</translation>
        </message>
        <message>
            <source>The picture is {} ms behind your voice: close other programs, or choose a smaller output.</source>
            <translation>映像が音声より {} ミリ秒遅れています。他のプログラムを閉じるか、出力サイズを小さくしてください。</translation>
        </message>
    </context>
    <context>
        <name>Transport</name>
        <message>
            <source>Start or stop sending the animated portrait</source>
            <translation>動く肖像の送信を開始または停止します</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>再調整</translation>
        </message>
        <message>
            <source>Best frame</source>
            <translation>最良フレーム</translation>
        </message>
        <message>
            <source>Freeze</source>
            <translation>固定</translation>
        </message>
        <message>
            <source>Snapshot</source>
            <translation>写真</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>録画</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>開始</translation>
        </message>
        <message>
            <source>Available while a session runs.</source>
            <translation>セッションの実行中に使えます。</translation>
        </message>
        <message>
            <source>The session is starting or stopping.</source>
            <translation>セッションを開始または停止しています。</translation>
        </message>
        <message>
            <source>First read and accept how pictures of people are used.</source>
            <translation>先に、人物の画像の扱いについて読み、同意してください。</translation>
        </message>
        <message>
            <source>Choose a portrait first.</source>
            <translation>先に肖像を選んでください。</translation>
        </message>
    </context>
    <context>
        <name>Tray</name>
        <message>
            <source>Show window</source>
            <translation>ウィンドウを表示</translation>
        </message>
        <message>
            <source>Portrait</source>
            <translation>肖像</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>開始</translation>
        </message>
    </context>
    <context>
        <name>VirtualCameraPage</name>
        <message>
            <source>Virtual camera</source>
            <translation>仮想カメラ</translation>
        </message>
        <message>
            <source>On Linux, the kernel module v4l2loopback provides the virtual camera. To install it yourself:</source>
            <translation>Linux ではカーネルモジュール v4l2loopback が仮想カメラになります。自分でインストールするには:</translation>
        </message>
        <message>
            <source>Load it after each reboot (Chrome and Meet need exclusive_caps=1):</source>
            <translation>再起動のたびに読み込みます（Chrome と Meet には exclusive_caps=1 が必要です）:</translation>
        </message>
        <message>
            <source>With Secure Boot, the module must be signed; otherwise modprobe reports “Key was rejected by service”.</source>
            <translation>セキュアブートではモジュールの署名が必要です。ないと modprobe が “Key was rejected by service” と表示します。</translation>
        </message>
        <message>
            <source>1. Install OBS Studio 26 or newer from obsproject.com.</source>
            <translation>1. obsproject.com から OBS Studio 26 以降をインストールします。</translation>
        </message>
        <message>
            <source>2. Start OBS once, click “Start Virtual Camera”, then stop it and close OBS.</source>
            <translation>2. OBS を一度起動し「仮想カメラ開始」を押してから停止し、OBS を閉じます。</translation>
        </message>
        <message>
            <source>3. Return to this page and check again. Only one program can use the OBS camera at a time.</source>
            <translation>3. ここに戻って再検索します。OBS カメラを使えるのは一度に一つのプログラムだけです。</translation>
        </message>
        <message>
            <source>1. Install OBS Studio 30 or newer in the Applications folder.</source>
            <translation>1. OBS Studio 30 以降を「アプリケーション」フォルダーにインストールします。</translation>
        </message>
        <message>
            <source>2. Start OBS, click “Start Virtual Camera”, and allow its extension in System Settings.</source>
            <translation>2. OBS を起動し「仮想カメラ開始」を押し、システム設定で機能拡張を許可します。</translation>
        </message>
        <message>
            <source>3. Restart the computer, then return to this page and check again.</source>
            <translation>3. 再起動してから、ここに戻って再検索します。</translation>
        </message>
        <message>
            <source>In the meeting app, select the camera “{}”</source>
            <translation>会議アプリでカメラ「{}」を選んでください</translation>
        </message>
        <message>
            <source>Start Avatarify first. Restart any meeting app that was already open. If the picture is mirrored there, only the app's own preview is mirrored; others see it correctly.</source>
            <translation>先に Avatarify を起動してください。すでに開いていた会議アプリは再起動してください。そこで左右反転して見えるのはアプリ自身のプレビューだけで、相手には正しく見えています。</translation>
        </message>
        <message>
            <source>Without a virtual camera: a browser source in OBS</source>
            <translation>仮想カメラなしの場合: OBS のブラウザソース</translation>
        </message>
        <message>
            <source>Only programs on this computer can open it. In OBS, add a browser source with this address.</source>
            <translation>このコンピューターのプログラムだけが開けます。OBS でこのアドレスのブラウザソースを追加してください。</translation>
        </message>
        <message>
            <source>Send to {}</source>
            <translation>{} に送る</translation>
        </message>
        <message>
            <source>Send color bars to the virtual camera for 30 seconds</source>
            <translation>30 秒間カラーバーを仮想カメラに送ります</translation>
        </message>
        <message>
            <source>Test pattern</source>
            <translation>テストパターン</translation>
        </message>
        <message>
            <source>Check again</source>
            <translation>再確認</translation>
        </message>
        <message>
            <source>Check for virtual cameras again</source>
            <translation>仮想カメラを再検索</translation>
        </message>
        <message>
            <source>The virtual camera is ready.</source>
            <translation>仮想カメラの準備ができています。</translation>
        </message>
        <message>
            <source>No virtual camera found.</source>
            <translation>仮想カメラが見つかりません。</translation>
        </message>
        <message>
            <source>Stop pattern</source>
            <translation>パターンを停止</translation>
        </message>
        <message>
            <source>The meeting app should now show color bars with a moving white bar.</source>
            <translation>会議アプリにカラーバーと動く白い棒が見えるはずです。</translation>
        </message>
        <message>
            <source>The test pattern was sent to {}.</source>
            <translation>パターンを {} に送りました。</translation>
        </message>
        <message>
            <source>Zoom: Settings → Video → Camera</source>
            <translation>Zoom：設定 → ビデオ → カメラ</translation>
        </message>
        <message>
            <source>Meet: ⋮ → Settings → Video → Camera</source>
            <translation>Meet：⋮ → 設定 → 動画 → カメラ</translation>
        </message>
        <message>
            <source>Teams: Settings → Devices → Camera</source>
            <translation>Teams：設定 → デバイス → カメラ</translation>
        </message>
    </context>
    <context>
        <name>Welcome</name>
        <message>
            <source>I agree</source>
            <translation>同意する</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>次へ</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>開始</translation>
        </message>
        <message>
            <source>Use this camera</source>
            <translation>このカメラを使う</translation>
        </message>
        <message>
            <source>Use this portrait</source>
            <translation>この肖像を使う</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>戻る</translation>
        </message>
        <message>
            <source>Your camera image stays on this computer. Nothing is sent over the network.</source>
            <translation>カメラの映像はこのコンピューターから出ません。ネットワークには何も送信されません。</translation>
        </message>
        <message>
            <source>Use only faces you have the right to use: your own, works of art, or people who have agreed.</source>
            <translation>使ってよい顔だけを使ってください：自分の顔、美術作品、同意した人の顔。</translation>
        </message>
        <message>
            <source>The output is marked as an AI avatar. Keep the mark on wherever the output could be taken for real.</source>
            <translation>出力には AI アバターの印が付きます。本物と間違われる場では印を残してください。</translation>
        </message>
        <message>
            <source>Your own face is never sent unless you ask for it.</source>
            <translation>あなたが求めない限り、自分の顔は送られません。</translation>
        </message>
        <message>
            <source>Become a painting in your next call</source>
            <translation>次の通話で絵画になろう</translation>
        </message>
        <message>
            <source>Which camera shows you?</source>
            <translation>あなたが映っているカメラはどれですか?</translation>
        </message>
        <message>
            <source>Choose a portrait on the right, or drop an image on the window. Then look straight ahead for a moment while Avatarify finds your neutral frame.</source>
            <translation>右の肖像を選ぶか、画像をウィンドウにドロップしてください。その後、Avatarify が基準フレームを見つける間、少し正面を見てください。</translation>
        </message>
        <message>
            <source>Your portrait</source>
            <translation>肖像</translation>
        </message>
        <message>
            <source>Virtual camera</source>
            <translation>仮想カメラ</translation>
        </message>
        <message>
            <source>In your next call</source>
            <translation>次の通話で</translation>
        </message>
        <message>
            <source>Step {} of {}</source>
            <translation>ステップ {} / {}</translation>
        </message>
        <message>
            <source>Choose a portrait first.</source>
            <translation>先に肖像を選んでください。</translation>
        </message>
    </context>
    <context>
        <name>Wiring</name>
        <message>
            <source>Avatarify quit unexpectedly last time.</source>
            <translation>前回 Avatarify が予期せず終了しました。</translation>
        </message>
        <message>
            <source>The report stays on this computer; you decide whether to share it.</source>
            <translation>報告はこのコンピューターに残ります。共有するかはあなたが決めます。</translation>
        </message>
        <message>
            <source>Nothing was deleted.</source>
            <translation>削除されたものはありません。</translation>
        </message>
    </context>
</TS>
