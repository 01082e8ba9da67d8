<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh">
    <context>
        <name>Adjust</name>
        <message>
            <source>Preview</source>
            <translation>预览</translation>
        </message>
        <message>
            <source>Show the preview like a mirror; others see no change</source>
            <translation>像镜子一样显示预览；他人看到的画面不变</translation>
        </message>
        <message>
            <source>Mirror preview</source>
            <translation>镜像预览</translation>
        </message>
        <message>
            <source>Show the camera image in a corner of the preview</source>
            <translation>在预览的一角显示摄像头画面</translation>
        </message>
        <message>
            <source>Camera preview</source>
            <translation>摄像头预览</translation>
        </message>
        <message>
            <source>Show the camera next to the output at the same size; only you see it</source>
            <translation>以相同大小在输出旁显示摄像头画面；只有你能看到</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>并排显示</translation>
        </message>
        <message>
            <source>Draw facial landmarks on the camera preview</source>
            <translation>在摄像头预览上绘制面部特征点</translation>
        </message>
        <message>
            <source>Facial landmarks</source>
            <translation>面部特征点</translation>
        </message>
        <message>
            <source>Portrait overlay</source>
            <translation>叠加肖像</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>尺寸</translation>
        </message>
        <message>
            <source>{} fps</source>
            <translation>{} 帧/秒</translation>
        </message>
        <message>
            <source>Max. frame rate</source>
            <translation>最大帧率</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>更改…</translation>
        </message>
        <message>
            <source>Folder for recordings and snapshots</source>
            <translation>录像和截图文件夹</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Restore the default of every setting above; the folder stays</source>
            <translation>将上方所有设置恢复为默认值;文件夹不变</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>全部重置</translation>
        </message>
        <message>
            <source>Turn on the camera preview first.</source>
            <translation>请先开启摄像头预览。</translation>
        </message>
        <message>
            <source>Preset for this portrait</source>
            <translation>此肖像的预设</translation>
        </message>
        <message>
            <source>Restore these motion and picture settings whenever this portrait is selected</source>
            <translation>每次选择此肖像时恢复这些动作和画面设置</translation>
        </message>
        <message>
            <source>Save preset</source>
            <translation>保存预设</translation>
        </message>
        <message>
            <source>Delete preset</source>
            <translation>删除预设</translation>
        </message>
        <message>
            <source>Delete the preset and restore the default settings</source>
            <translation>删除预设并恢复默认设置</translation>
        </message>
        <message>
            <source>Choose a portrait first.</source>
            <translation>请先选择肖像。</translation>
        </message>
        <message>
            <source>This portrait has no preset.</source>
            <translation>此肖像没有预设。</translation>
        </message>
    </context>
    <context>
        <name>Background</name>
        <message>
            <source>Original</source>
            <translation>原始背景</translation>
        </message>
        <message>
            <source>Blurred</source>
            <translation>模糊</translation>
        </message>
        <message>
            <source>Background</source>
            <translation>背景</translation>
        </message>
        <message>
            <source>Solid color</source>
            <translation>纯色</translation>
        </message>
        <message>
            <source>Choose the background color</source>
            <translation>选择背景颜色</translation>
        </message>
    </context>
    <context>
        <name>CameraChooser</name>
        <message>
            <source>Cameras</source>
            <translation>摄像头</translation>
        </message>
        <message>
            <source>{} (no image)</source>
            <translation>{}（无画面）</translation>
        </message>
    </context>
    <context>
        <name>CameraDialog</name>
        <message>
            <source>Choose a camera</source>
            <translation>选择摄像头</translation>
        </message>
        <message>
            <source>Which camera shows you?</source>
            <translation>哪个摄像头拍到了您?</translation>
        </message>
    </context>
    <context>
        <name>CameraStep</name>
        <message>
            <source>Look again</source>
            <translation>重新查找</translation>
        </message>
        <message>
            <source>Look for cameras again</source>
            <translation>重新查找摄像头</translation>
        </message>
        <message>
            <source>Click the picture that shows you. The demo clip can drive the portrait too.</source>
            <translation>点击拍到您的画面。演示片段也可以驱动肖像。</translation>
        </message>
        <message>
            <source>No camera was found. Plug one in; until then, the demo clip can drive the portrait.</source>
            <translation>未找到摄像头。请接入一个;在此之前,演示片段可以驱动肖像。</translation>
        </message>
    </context>
    <context>
        <name>CameraView</name>
        <message>
            <source>Camera image</source>
            <translation>摄像头画面</translation>
        </message>
        <message>
            <source>Click the face that should drive the portrait</source>
            <translation>点击要驱动肖像的面孔</translation>
        </message>
    </context>
    <context>
        <name>Commands</name>
        <message>
            <source>Session</source>
            <translation>会话</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>编辑</translation>
        </message>
        <message>
            <source>Portrait</source>
            <translation>肖像</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>画面</translation>
        </message>
        <message>
            <source>View</source>
            <translation>视图</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>帮助</translation>
        </message>
        <message>
            <source>Start or stop</source>
            <translation>开始或停止</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>重新校准</translation>
        </message>
        <message>
            <source>Find the best neutral frame</source>
            <translation>查找最佳中性帧</translation>
        </message>
        <message>
            <source>Freeze picture</source>
            <translation>冻结画面</translation>
        </message>
        <message>
            <source>Show my real face</source>
            <translation>显示我的真实面容</translation>
        </message>
        <message>
            <source>Take snapshot</source>
            <translation>截图</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>录制</translation>
        </message>
        <message>
            <source>Send to virtual camera</source>
            <translation>发送到虚拟摄像头</translation>
        </message>
        <message>
            <source>Choose camera…</source>
            <translation>选择摄像头…</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>退出</translation>
        </message>
        <message>
            <source>Undo delete</source>
            <translation>撤销删除</translation>
        </message>
        <message>
            <source>Paste image</source>
            <translation>粘贴图片</translation>
        </message>
        <message>
            <source>Rename portrait…</source>
            <translation>重命名肖像…</translation>
        </message>
        <message>
            <source>Delete portrait</source>
            <translation>删除肖像</translation>
        </message>
        <message>
            <source>Preferences…</source>
            <translation>首选项…</translation>
        </message>
        <message>
            <source>Previous portrait</source>
            <translation>上一个肖像</translation>
        </message>
        <message>
            <source>Next portrait</source>
            <translation>下一个肖像</translation>
        </message>
        <message>
            <source>Random portrait</source>
            <translation>随机肖像</translation>
        </message>
        <message>
            <source>Favorite</source>
            <translation>收藏</translation>
        </message>
        <message>
            <source>Move forward</source>
            <translation>前移</translation>
        </message>
        <message>
            <source>Move back</source>
            <translation>后移</translation>
        </message>
        <message>
            <source>Add portrait…</source>
            <translation>添加肖像…</translation>
        </message>
        <message>
            <source>Reload portraits</source>
            <translation>重新加载肖像</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>放大</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>缩小</translation>
        </message>
        <message>
            <source>Pan up</source>
            <translation>向上平移</translation>
        </message>
        <message>
            <source>Pan left</source>
            <translation>向左平移</translation>
        </message>
        <message>
            <source>Pan down</source>
            <translation>向下平移</translation>
        </message>
        <message>
            <source>Pan right</source>
            <translation>向右平移</translation>
        </message>
        <message>
            <source>Mirror output</source>
            <translation>镜像输出</translation>
        </message>
        <message>
            <source>Follow my head</source>
            <translation>跟随我的头部</translation>
        </message>
        <message>
            <source>Mirror preview</source>
            <translation>镜像预览</translation>
        </message>
        <message>
            <source>Less overlay</source>
            <translation>减弱叠加</translation>
        </message>
        <message>
            <source>More overlay</source>
            <translation>增强叠加</translation>
        </message>
        <message>
            <source>Show statistics</source>
            <translation>显示统计数据</translation>
        </message>
        <message>
            <source>Show facial landmarks</source>
            <translation>显示面部特征点</translation>
        </message>
        <message>
            <source>Camera preview</source>
            <translation>摄像头预览</translation>
        </message>
        <message>
            <source>Camera and output side by side</source>
            <translation>摄像头与输出并排</translation>
        </message>
        <message>
            <source>How it works…</source>
            <translation>查看工作原理…</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>全屏</translation>
        </message>
        <message>
            <source>Output window for capture</source>
            <translation>用于捕获的输出窗口</translation>
        </message>
        <message>
            <source>Keyboard shortcuts…</source>
            <translation>键盘快捷键…</translation>
        </message>
        <message>
            <source>Virtual camera…</source>
            <translation>虚拟摄像头…</translation>
        </message>
        <message>
            <source>Engines…</source>
            <translation>引擎…</translation>
        </message>
        <message>
            <source>Diagnostics…</source>
            <translation>诊断…</translation>
        </message>
        <message>
            <source>Documentation</source>
            <translation>文档</translation>
        </message>
        <message>
            <source>Privacy…</source>
            <translation>隐私…</translation>
        </message>
        <message>
            <source>About Avatarify</source>
            <translation>关于 Avatarify</translation>
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
            <translation>新的输出尺寸和帧率将在下次开始时生效。</translation>
        </message>
        <message>
            <source>Meeting apps cannot handle such a change while they use the camera.</source>
            <translation>会议软件在使用摄像头时无法处理这种更改。</translation>
        </message>
    </context>
    <context>
        <name>CropDialog</name>
        <message>
            <source>Add portrait</source>
            <translation>添加肖像</translation>
        </message>
        <message>
            <source>Looking for faces…</source>
            <translation>正在查找人脸…</translation>
        </message>
        <message>
            <source>Aspect ratio</source>
            <translation>宽高比</translation>
        </message>
        <message>
            <source>I have the right to use this face: it is mine, a work of art, or used with consent.</source>
            <translation>我有权使用这张脸：它是我自己的、艺术作品，或已获本人同意。</translation>
        </message>
        <message>
            <source>No face found. Use an image that shows a face from the front.</source>
            <translation>未找到人脸。请使用正面人脸的图片。</translation>
        </message>
        <message>
            <source>{} faces found. Click the one to use.</source>
            <translation>找到 {} 张脸。请点击要使用的那张。</translation>
        </message>
        <message>
            <source>The face is small; the portrait will look blurry.</source>
            <translation>人脸较小：肖像会显得模糊。</translation>
        </message>
        <message>
            <source>One face found.</source>
            <translation>找到一张脸。</translation>
        </message>
        <message>
            <source>Original</source>
            <translation>原始比例</translation>
        </message>
        <message>
            <source>Square</source>
            <translation>正方形</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>名称(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Aspect ratio</source>
            <translation>宽高比(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Zoom</source>
            <translation>缩放(&amp;Z)</translation>
        </message>
        <message>
            <source>&amp;Rotation</source>
            <translation>旋转(&amp;R)</translation>
        </message>
        <message>
            <source>Rotate 90°</source>
            <translation>旋转 90°</translation>
        </message>
        <message>
            <source>Rotate the image 90° clockwise</source>
            <translation>将图片顺时针旋转 90°</translation>
        </message>
        <message>
            <source>Whole image</source>
            <translation>整张图片</translation>
        </message>
        <message>
            <source>Show the whole image</source>
            <translation>显示整张图片</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>添加</translation>
        </message>
    </context>
    <context>
        <name>CropView</name>
        <message>
            <source>Crop area</source>
            <translation>裁剪区域</translation>
        </message>
    </context>
    <context>
        <name>DevicePicker</name>
        <message>
            <source>Camera</source>
            <translation>摄像头</translation>
        </message>
        <message>
            <source>Refresh the camera list</source>
            <translation>刷新摄像头列表</translation>
        </message>
        <message>
            <source>Choose a camera by its image</source>
            <translation>按画面选择摄像头</translation>
        </message>
        <message>
            <source>Make the portrait available as a camera in Zoom, Meet, and Teams</source>
            <translation>让肖像在 Zoom、Meet 和 Teams 中作为摄像头使用</translation>
        </message>
        <message>
            <source>Virtual camera</source>
            <translation>虚拟摄像头</translation>
        </message>
        <message>
            <source>Set up…</source>
            <translation>设置…</translation>
        </message>
        <message>
            <source>How to install a virtual camera and select it in a meeting app</source>
            <translation>如何安装虚拟摄像头并在会议软件中选择它</translation>
        </message>
        <message>
            <source>&amp;Camera</source>
            <translation>摄像头(&amp;C)</translation>
        </message>
        <message>
            <source>The session is starting or stopping.</source>
            <translation>会话正在启动或停止。</translation>
        </message>
        <message>
            <source>There is no virtual camera. “Set up…” shows how to get one.</source>
            <translation>没有虚拟摄像头。“设置…”中有获取方法。</translation>
        </message>
        <message>
            <source>No virtual camera found; only you see the output.</source>
            <translation>未找到虚拟摄像头；只有你能看到输出。</translation>
        </message>
        <message>
            <source>Looking for a virtual camera…</source>
            <translation>正在查找虚拟摄像头…</translation>
        </message>
        <message>
            <source>Only you see the output.</source>
            <translation>只有你能看到输出。</translation>
        </message>
    </context>
    <context>
        <name>Devices</name>
        <message>
            <source>Demo clip</source>
            <translation>演示片段</translation>
        </message>
        <message>
            <source>not installed</source>
            <translation>未安装</translation>
        </message>
        <message>
            <source>Virtual camera ({})</source>
            <translation>虚拟摄像头（{}）</translation>
        </message>
        <message>
            <source>Browser source for OBS: {}</source>
            <translation>OBS 浏览器源：{}</translation>
        </message>
        <message>
            <source>Preview only</source>
            <translation>仅预览</translation>
        </message>
    </context>
    <context>
        <name>DiagnosticsPage</name>
        <message>
            <source>Diagnostics</source>
            <translation>诊断</translation>
        </message>
        <message>
            <source>Running checks…</source>
            <translation>正在检查…</translation>
        </message>
        <message>
            <source>Copy diagnostics</source>
            <translation>复制诊断信息</translation>
        </message>
        <message>
            <source>Everything for a call is there.</source>
            <translation>通话所需的一切都已具备。</translation>
        </message>
        <message>
            <source>One thing is missing for a call.</source>
            <translation>通话还缺少一项。</translation>
        </message>
        <message>
            <source>{} things are missing for a call.</source>
            <translation>通话还缺少 {} 项。</translation>
        </message>
        <message>
            <source>{}: {}</source>
            <translation>{}：{}</translation>
        </message>
        <message>
            <source>Crash reports</source>
            <translation>崩溃报告</translation>
        </message>
        <message>
            <source>They stay on this computer. You decide whether to share them.</source>
            <translation>它们保留在本机。是否分享由你决定。</translation>
        </message>
        <message>
            <source>Reports</source>
            <translation>报告</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>Show report</source>
            <translation>显示报告</translation>
        </message>
    </context>
    <context>
        <name>Dialogs</name>
        <message>
            <source>Show my real face</source>
            <translation>显示我的真实面容</translation>
        </message>
        <message>
            <source>Send your real face instead of the portrait?</source>
            <translation>用你的真实面容代替肖像发送吗？</translation>
        </message>
        <message>
            <source>Everyone who sees the output will see your camera image, marked as such, until you turn this off.</source>
            <translation>在你关闭之前，所有看到输出的人都会看到你的摄像头画面（带有标记）。</translation>
        </message>
        <message>
            <source>Show my face</source>
            <translation>显示我的脸</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Interrupted recording</source>
            <translation>中断的录像</translation>
        </message>
        <message>
            <source>A recording was interrupted. Keep it?</source>
            <translation>有一段录像被中断。要保留吗？</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>保留</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Ask later</source>
            <translation>稍后询问</translation>
        </message>
        <message>
            <source>Images ({})</source>
            <translation>图片（{}）</translation>
        </message>
        <message>
            <source>Add portraits</source>
            <translation>添加肖像</translation>
        </message>
        <message>
            <source>Folder for recordings and snapshots</source>
            <translation>录像和截图文件夹</translation>
        </message>
        <message>
            <source>Rename portrait</source>
            <translation>重命名肖像</translation>
        </message>
        <message>
            <source>Portrait name</source>
            <translation>肖像名称</translation>
        </message>
        <message>
            <source>A session is running</source>
            <translation>会话正在运行</translation>
        </message>
        <message>
            <source>Stop sending the portrait and quit?</source>
            <translation>停止发送肖像并退出?</translation>
        </message>
        <message>
            <source>Stop and quit</source>
            <translation>停止并退出</translation>
        </message>
        <message>
            <source>Keep running in the tray</source>
            <translation>在托盘中继续运行</translation>
        </message>
        <message>
            <source>Others will no longer see the portrait. The recording is finished and kept.</source>
            <translation>其他人将看不到肖像。录制会结束并保留。</translation>
        </message>
        <message>
            <source>Others will no longer see the portrait.</source>
            <translation>其他人将看不到肖像。</translation>
        </message>
        <message>
            <source>About Avatarify</source>
            <translation>关于 Avatarify</translation>
        </message>
        <message>
            <source>Everything runs on this computer. MIT license.</source>
            <translation>一切都在本机上运行。MIT 许可证。</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>隐私</translation>
        </message>
    </context>
    <context>
        <name>DocumentationPage</name>
        <message>
            <source>Documentation</source>
            <translation>文档</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>页面</translation>
        </message>
    </context>
    <context>
        <name>EngineCard</name>
        <message>
            <source>Build {} for {}</source>
            <translation>为 {1} 构建 {0}</translation>
        </message>
        <message>
            <source>Build</source>
            <translation>构建</translation>
        </message>
        <message>
            <source>Delete {} for {}</source>
            <translation>删除 {1} 的 {0}</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Not built yet</source>
            <translation>尚未构建</translation>
        </message>
    </context>
    <context>
        <name>EnginesPage</name>
        <message>
            <source>key points {}</source>
            <translation>关键点 {}</translation>
        </message>
        <message>
            <source>image {}</source>
            <translation>画面 {}</translation>
        </message>
        <message>
            <source>motion {}</source>
            <translation>运动 {}</translation>
        </message>
        <message>
            <source>frames {}</source>
            <translation>{} 帧</translation>
        </message>
        <message>
            <source>Engines</source>
            <translation>引擎</translation>
        </message>
        <message>
            <source>An engine is a model compiled for one processor, so that it starts and runs faster. Engines are optional. Each one is compared with the reference before it is used.</source>
            <translation>引擎是为某一处理器编译的模型，启动和运行更快。引擎是可选的。每个引擎在使用前都会与参考结果比较。</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>正在停止…</translation>
        </message>
        <message>
            <source>Build progress</source>
            <translation>构建进度</translation>
        </message>
        <message>
            <source>Stop the build and keep what is finished</source>
            <translation>停止构建；已完成的部分会保留</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>The build was stopped.</source>
            <translation>构建已停止。</translation>
        </message>
        <message>
            <source>{} {}: {} MB in {} s</source>
            <translation>{} {}：{} MB，用时 {} 秒</translation>
        </message>
    </context>
    <context>
        <name>Estimate</name>
        <message>
            <source>about {} s left</source>
            <translation>剩余约 {} 秒</translation>
        </message>
    </context>
    <context>
        <name>FileDrop</name>
        <message>
            <source>Drop the image to add it</source>
            <translation>松开以添加图片</translation>
        </message>
    </context>
    <context>
        <name>Form</name>
        <message>
            <source>Reset</source>
            <translation>重置</translation>
        </message>
        <message>
            <source>Double-click to reset</source>
            <translation>双击可重置</translation>
        </message>
    </context>
    <context>
        <name>Gallery</name>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Search portraits</source>
            <translation>搜索肖像</translation>
        </message>
        <message>
            <source>Add an image with a face; you can also drop it on the window or paste it</source>
            <translation>添加带人脸的图片；也可以拖放到窗口或粘贴</translation>
        </message>
        <message>
            <source>Add…</source>
            <translation>添加…</translation>
        </message>
        <message>
            <source>Add portrait</source>
            <translation>添加肖像</translation>
        </message>
        <message>
            <source>No matching portraits.</source>
            <translation>没有匹配的肖像。</translation>
        </message>
        <message>
            <source>{}, key {}</source>
            <translation>{}，按键 {}</translation>
        </message>
        <message>
            <source>Only for portraits that you have added.</source>
            <translation>仅适用于您添加的肖像。</translation>
        </message>
    </context>
    <context>
        <name>Help</name>
        <message>
            <source>Choose a camera</source>
            <translation>选择摄像头</translation>
        </message>
        <message>
            <source>Diagnostics</source>
            <translation>诊断</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>键盘快捷键</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>在文件夹中显示</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>重新校准</translation>
        </message>
        <message>
            <source>Show report</source>
            <translation>显示报告</translation>
        </message>
        <message>
            <source>Restart now</source>
            <translation>立即重新开始</translation>
        </message>
        <message>
            <source>Smaller output</source>
            <translation>减小输出</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>Set up…</source>
            <translation>设置…</translation>
        </message>
    </context>
    <context>
        <name>HotKeys</name>
        <message>
            <source>Wayland does not support global shortcuts. Use an X11 session.</source>
            <translation>Wayland 不支持全局快捷键。请使用 X11 会话。</translation>
        </message>
        <message>
            <source>Global shortcuts are not supported on this system yet.</source>
            <translation>此系统尚不支持全局快捷键。</translation>
        </message>
        <message>
            <source>The shortcut {} is used by another program.</source>
            <translation>快捷键 {} 已被其他程序占用。</translation>
        </message>
        <message>
            <source>Choose another one.</source>
            <translation>请选择其他按键。</translation>
        </message>
        <message>
            <source>{} cannot be used as a shortcut.</source>
            <translation>{} 不能用作快捷键。</translation>
        </message>
        <message>
            <source>{} alone would stop working in all other programs. Add Ctrl, Alt, or Meta.</source>
            <translation>单独使用 {} 会使其在其他所有程序中失效。请加上 Ctrl、Alt 或 Meta。</translation>
        </message>
        <message>
            <source>{} is already assigned to “{}”.</source>
            <translation>{} 已分配给“{}”。</translation>
        </message>
    </context>
    <context>
        <name>InsightPage</name>
        <message>
            <source>How it works</source>
            <translation>查看工作原理</translation>
        </message>
        <message>
            <source>Start a session to see how each frame is made.</source>
            <translation>开始会话即可查看每一帧是如何生成的。</translation>
        </message>
        <message>
            <source>Your key points</source>
            <translation>你的关键点</translation>
        </message>
        <message>
            <source>Where the model locates the parts of your face.</source>
            <translation>模型看到的你面部各部分的位置。</translation>
        </message>
        <message>
            <source>Warped portrait</source>
            <translation>变形后的肖像</translation>
        </message>
        <message>
            <source>Its own key points, moved the way yours moved since the neutral frame.</source>
            <translation>肖像自身的关键点，按你自中性帧以来的动作移动。</translation>
        </message>
        <message>
            <source>Optical flow</source>
            <translation>光流</translation>
        </message>
        <message>
            <source>Where each pixel comes from: the color shows the direction, white means no motion.</source>
            <translation>每个像素的来源：颜色表示方向，白色表示没有运动。</translation>
        </message>
        <message>
            <source>Occlusion map</source>
            <translation>遮挡图</translation>
        </message>
        <message>
            <source>White: the warped portrait is shown. Black: the network fills in what the portrait hides.</source>
            <translation>白色：显示变形后的肖像。黑色：网络补全肖像中被遮挡的部分。</translation>
        </message>
        <message>
            <source>Shown only in this window; none of it is sent.</source>
            <translation>仅在此窗口中显示，不会发送。</translation>
        </message>
    </context>
    <context>
        <name>KeysPage</name>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>键盘快捷键</translation>
        </message>
        <message>
            <source>In this window</source>
            <translation>此窗口内</translation>
        </message>
        <message>
            <source>Global</source>
            <translation>全局</translation>
        </message>
        <message>
            <source>Restore defaults</source>
            <translation>恢复默认</translation>
        </message>
        <message>
            <source>Restore the default shortcut of every command</source>
            <translation>恢复所有命令的默认快捷键</translation>
        </message>
        <message>
            <source>Click a shortcut and press new keys to change it. Number keys select portraits.</source>
            <translation>点击快捷键并按下新的按键即可更改。数字键选择肖像。</translation>
        </message>
        <message>
            <source>Off: a letter or digit typed by mistake changes nothing that others see</source>
            <translation>关闭:误按字母或数字不会改变其他人看到的内容</translation>
        </message>
        <message>
            <source>Single letters change what others see</source>
            <translation>单个字母可改变其他人看到的内容</translation>
        </message>
        <message>
            <source>Global shortcuts work while another program has the focus. None is set by default.</source>
            <translation>全局快捷键在其他程序处于焦点时也有效。默认未设置。</translation>
        </message>
        <message>
            <source>{} is already assigned to “{}”.</source>
            <translation>{} 已分配给“{}”。</translation>
        </message>
    </context>
    <context>
        <name>LookForm</name>
        <message>
            <source>Relative</source>
            <translation>相对</translation>
        </message>
        <message>
            <source>Absolute</source>
            <translation>绝对</translation>
        </message>
        <message>
            <source>Follow mine</source>
            <translation>跟随我的视线</translation>
        </message>
        <message>
            <source>At the camera</source>
            <translation>看向摄像头</translation>
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
            <translation>动作</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>强度</translation>
        </message>
        <message>
            <source>Head</source>
            <translation>头部</translation>
        </message>
        <message>
            <source>Eyes</source>
            <translation>眼睛</translation>
        </message>
        <message>
            <source>Mouth</source>
            <translation>嘴部</translation>
        </message>
        <message>
            <source>Gaze</source>
            <translation>视线</translation>
        </message>
        <message>
            <source>Transfer</source>
            <translation>传递方式</translation>
        </message>
        <message>
            <source>Adapt scale</source>
            <translation>适配比例</translation>
        </message>
        <message>
            <source>Scale the motion by the size ratio of the two faces</source>
            <translation>按两张脸的大小比例缩放动作</translation>
        </message>
        <message>
            <source>Reduce jitter</source>
            <translation>减少抖动</translation>
        </message>
        <message>
            <source>Reduce jitter when the face is still</source>
            <translation>减少面部静止时的抖动</translation>
        </message>
        <message>
            <source>Follow my head</source>
            <translation>跟随我的头部</translation>
        </message>
        <message>
            <source>Keep the portrait in place when you shift in your chair</source>
            <translation>你在椅子上挪动时，肖像保持在原位</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>画面</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>缩放</translation>
        </message>
        <message>
            <source>Horizontal</source>
            <translation>水平</translation>
        </message>
        <message>
            <source>Vertical</source>
            <translation>垂直</translation>
        </message>
        <message>
            <source>Mirror output</source>
            <translation>镜像输出</translation>
        </message>
        <message>
            <source>Flip what others see horizontally</source>
            <translation>左右翻转他人看到的画面</translation>
        </message>
        <message>
            <source>AI avatar badge</source>
            <translation>AI 头像标记</translation>
        </message>
        <message>
            <source>Mark the output as AI-generated</source>
            <translation>标明输出由 AI 生成</translation>
        </message>
        <message>
            <source>Badge position</source>
            <translation>标记位置</translation>
        </message>
        <message>
            <source>Background</source>
            <translation>背景</translation>
        </message>
        <message>
            <source>Only the built-in model tells the parts of a face apart.</source>
            <translation>只有内置模型能区分面部的各个部分。</translation>
        </message>
        <message>
            <source>Zoom in first.</source>
            <translation>请先放大。</translation>
        </message>
        <message>
            <source>Turn on the badge first.</source>
            <translation>请先开启标记。</translation>
        </message>
    </context>
    <context>
        <name>Messages</name>
        <message>
            <source>This model moves with a camera only.</source>
            <translation>此模型只能由摄像头驱动。</translation>
        </message>
        <message>
            <source>Use the model built-in.</source>
            <translation>请使用模型 built-in。</translation>
        </message>
        <message>
            <source>This runtime moves a portrait with a camera only.</source>
            <translation>此运行时只能用摄像头驱动肖像。</translation>
        </message>
        <message>
            <source>Use the runtime openvino.</source>
            <translation>请使用运行时 openvino。</translation>
        </message>
        <message>
            <source>The head is turned too far to begin with.</source>
            <translation>开始时头部转得太偏。</translation>
        </message>
        <message>
            <source>Look at the camera.</source>
            <translation>请看向摄像头。</translation>
        </message>
        <message>
            <source>Frame {number} cannot be the neutral one: {reason}</source>
            <translation>第 {number} 帧不能作为中性帧：{reason}</translation>
        </message>
        <message>
            <source>Use another.</source>
            <translation>请使用其他的。</translation>
        </message>
        <message>
            <source>There is no face in frame {number} of the driving video.</source>
            <translation>驱动视频的第 {number} 帧中没有人脸。</translation>
        </message>
        <message>
            <source>Use --neutral first, best, or another number.</source>
            <translation>请使用 --neutral first、best 或其他编号。</translation>
        </message>
        <message>
            <source>No face was found in {name}.</source>
            <translation>在 {name} 中没有找到人脸。</translation>
        </message>
        <message>
            <source>Use a video that shows one face from the front.</source>
            <translation>请使用正面拍摄一张脸的视频。</translation>
        </message>
        <message>
            <source>'{name}' is a camera, not a video.</source>
            <translation>“{name}”是摄像头，不是视频。</translation>
        </message>
        <message>
            <source>Use 'avatarify run' for a camera.</source>
            <translation>摄像头请使用“avatarify run”。</translation>
        </message>
        <message>
            <source>No portraits are installed.</source>
            <translation>未安装任何肖像。</translation>
        </message>
        <message>
            <source>Give an image file, or reinstall Avatarify.</source>
            <translation>请指定图片文件，或重新安装 avatarify。</translation>
        </message>
        <message>
            <source>Absolute motion would send the shape of your face to the host.</source>
            <translation>绝对运动会把你的脸型发送给主机。</translation>
        </message>
        <message>
            <source>Use relative motion, or a runtime on this computer.</source>
            <translation>请使用相对运动，或使用本机的运行时。</translation>
        </message>
        <message>
            <source>There is no motion '{name}'.</source>
            <translation>没有名为“{name}”的动作方式。</translation>
        </message>
        <message>
            <source>Choose one of: {names}.</source>
            <translation>请从以下选项中选择：{names}。</translation>
        </message>
        <message>
            <source>There is no gaze '{name}'.</source>
            <translation>没有名为“{name}”的视线设置。</translation>
        </message>
        <message>
            <source>There are no '{name}' key points.</source>
            <translation>没有“{name}”关键点。</translation>
        </message>
        <message>
            <source>'{text}' is not the place of a face.</source>
            <translation>“{text}”不是人脸位置。</translation>
        </message>
        <message>
            <source>Give the middle of the face and the distance from brows to chin, in pixels of the picture: X,Y,HEIGHT.</source>
            <translation>请以图片像素给出人脸中心以及眉毛到下巴的距离：X,Y,高度。</translation>
        </message>
        <message>
            <source>There is no portrait and no file named '{name}'.</source>
            <translation>没有名为“{name}”的肖像或文件。</translation>
        </message>
        <message>
            <source>Portraits: {names}. You can also give an image file.</source>
            <translation>肖像：{names}。也可以指定图片文件。</translation>
        </message>
        <message>
            <source>No face was found in the portrait {name}.</source>
            <translation>肖像 {name} 中未找到人脸。</translation>
        </message>
        <message>
            <source>Use an image that shows a face from the front, large enough and not covered. On the command line, --face X,Y,HEIGHT says where it is.</source>
            <translation>请使用正面、足够大且没有遮挡的人脸图片。在命令行中，可用 --face X,Y,高度 指定人脸位置。</translation>
        </message>
        <message>
            <source>The portrait {name} shows {count} faces; the largest is animated.</source>
            <translation>肖像 {name} 中有 {count} 张脸；将驱动最大的一张。</translation>
        </message>
        <message>
            <source>The face is placed outside the image {name}.</source>
            <translation>人脸位置在图片 {name} 之外。</translation>
        </message>
        <message>
            <source>The image has {width}x{height} pixels.</source>
            <translation>图片尺寸为 {width}x{height} 像素。</translation>
        </message>
        <message>
            <source>In the portrait {name}, the person could not be separated from the background, so the background will move with the head.</source>
            <translation>在肖像 {name} 中无法将人物与背景分离，因此背景会随头部移动。</translation>
        </message>
        <message>
            <source>{count} frames could not be animated: {reason}</source>
            <translation>有 {count} 帧无法生成动画：{reason}</translation>
        </message>
        <message>
            <source>Frame {number} is {dtype} {shape}.</source>
            <translation>第 {number} 帧为 {dtype} {shape}。</translation>
        </message>
        <message>
            <source>Give arrays of the shape (height, width, 3), uint8, RGB.</source>
            <translation>请提供形状为 (高, 宽, 3)、uint8、RGB 的数组。</translation>
        </message>
        <message>
            <source>There is no checkout of Avatarify in {folder}.</source>
            <translation>{folder} 中没有 Avatarify 的源代码。</translation>
        </message>
        <message>
            <source>Name the folder that contains 'avatarify'.</source>
            <translation>请指定包含“avatarify”的文件夹。</translation>
        </message>
        <message>
            <source>The live session of {checkout} failed: {reason}</source>
            <translation>{checkout} 的实时会话失败:{reason}</translation>
        </message>
        <message>
            <source>Run it with 'avatarify run --camera demo --sink null' to see why.</source>
            <translation>运行“avatarify run --camera demo --sink null”查看原因。</translation>
        </message>
        <message>
            <source>This computer shows about {fps:.0f} of {camera:.0f} frames a second: motion will not look smooth. Close other programs, or choose a smaller output.</source>
            <translation>这台计算机每秒约显示 {fps:.0f} 帧(共 {camera:.0f} 帧):动作会不流畅。请关闭其他程序,或选择较小的输出尺寸。</translation>
        </message>
        <message>
            <source>This computer keeps up with {camera:.0f} frames a second, with reduced detail.</source>
            <translation>这台计算机在降低细节后可以处理每秒 {camera:.0f} 帧。</translation>
        </message>
        <message>
            <source>This computer keeps up with {camera:.0f} frames a second in full quality.</source>
            <translation>这台计算机可以全质量处理每秒 {camera:.0f} 帧。</translation>
        </message>
        <message>
            <source>There is not enough memory.</source>
            <translation>内存不足。</translation>
        </message>
        <message>
            <source>Close other programs, or use smaller files.</source>
            <translation>请关闭其他程序，或使用较小的文件。</translation>
        </message>
        <message>
            <source>This needs {package}, which is not installed.</source>
            <translation>此操作需要 {package}，但尚未安装。</translation>
        </message>
        <message>
            <source>Run: pip install 'avatarify[{extra}]'</source>
            <translation>运行：pip install 'avatarify[{extra}]'</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>磁盘已满。</translation>
        </message>
        <message>
            <source>Free some space.</source>
            <translation>请释放一些空间。</translation>
        </message>
        <message>
            <source>{file} cannot be used: {reason}.</source>
            <translation>无法使用 {file}：{reason}。</translation>
        </message>
        <message>
            <source>Check the name, the folder, and its permissions.</source>
            <translation>请检查名称、文件夹及其权限。</translation>
        </message>
        <message>
            <source>The input cannot be used: {reason}.</source>
            <translation>无法使用该输入：{reason}。</translation>
        </message>
        <message>
            <source>Check the options and the files. With --debug, the place of the error is shown.</source>
            <translation>请检查选项和文件。使用 --debug 可显示出错位置。</translation>
        </message>
        <message>
            <source>it has characters that are not valid in {encoding}</source>
            <translation>包含在 {encoding} 中无效的字符</translation>
        </message>
        <message>
            <source>it is nested too deeply</source>
            <translation>嵌套层数过深</translation>
        </message>
        <message>
            <source>there is not enough memory</source>
            <translation>内存不足</translation>
        </message>
        <message>
            <source>{name} cannot be read: {reason}.</source>
            <translation>无法读取 {name}：{reason}。</translation>
        </message>
        <message>
            <source>Get the file again.</source>
            <translation>请重新获取该文件。</translation>
        </message>
        <message>
            <source>{name} is damaged: only {count} of {announced} frames could be read and were used.</source>
            <translation>{name} 已损坏：{announced} 帧中只读取并使用了 {count} 帧。</translation>
        </message>
        <message>
            <source>Use a video such as MP4, MOV, MKV, AVI, or WebM.</source>
            <translation>请使用 MP4、MOV、MKV、AVI 或 WebM 等视频。</translation>
        </message>
        <message>
            <source>{file} is not a readable video.</source>
            <translation>{file} 不是可读取的视频。</translation>
        </message>
        <message>
            <source>The demo clip {clip} is missing.</source>
            <translation>缺少演示片段 {clip}。</translation>
        </message>
        <message>
            <source>Reinstall Avatarify.</source>
            <translation>请重新安装 Avatarify。</translation>
        </message>
        <message>
            <source>'{text}' matches several cameras: {cameras}.</source>
            <translation>“{text}”与多个摄像头匹配：{cameras}。</translation>
        </message>
        <message>
            <source>Use a longer part of the name, or the number.</source>
            <translation>请输入更长的名称，或使用编号。</translation>
        </message>
        <message>
            <source>'{text}' is not a camera, a file, or a folder.</source>
            <translation>“{text}”不是摄像头、文件或文件夹。</translation>
        </message>
        <message>
            <source>There is no camera {number}.</source>
            <translation>没有编号为 {number} 的摄像头。</translation>
        </message>
        <message>
            <source>No camera is connected. Connect one, or use 'demo' for the bundled clip.</source>
            <translation>未连接摄像头。请连接一个，或使用“demo”播放自带片段。</translation>
        </message>
        <message>
            <source>Available cameras: {cameras}. Use 'demo' for the bundled clip.</source>
            <translation>可用的摄像头：{cameras}。使用“demo”播放自带片段。</translation>
        </message>
        <message>
            <source>No frame of {name} can be decoded.</source>
            <translation>无法解码 {name} 的任何一帧。</translation>
        </message>
        <message>
            <source>The folder {folder} does not exist.</source>
            <translation>文件夹 {folder} 不存在。</translation>
        </message>
        <message>
            <source>Check the name.</source>
            <translation>请检查名称。</translation>
        </message>
        <message>
            <source>The folder {folder} contains no images.</source>
            <translation>文件夹 {folder} 中没有图片。</translation>
        </message>
        <message>
            <source>Put {suffixes} files in it.</source>
            <translation>请放入 {suffixes} 文件。</translation>
        </message>
        <message>
            <source>{name} is damaged: only {count} frames could be read and were used.</source>
            <translation>{name} 已损坏：只读取并使用了 {count} 帧。</translation>
        </message>
        <message>
            <source>The video {path} does not exist.</source>
            <translation>视频 {path} 不存在。</translation>
        </message>
        <message>
            <source>Check the name and the folder.</source>
            <translation>请检查名称和文件夹。</translation>
        </message>
        <message>
            <source>{file} is not a readable video ({reason}).</source>
            <translation>{file} 不是可读取的视频（{reason}）。</translation>
        </message>
        <message>
            <source>{file} has no video stream, only audio or data.</source>
            <translation>{file} 没有视频流，只有音频或数据。</translation>
        </message>
        <message>
            <source>Run: sudo usermod -aG video $USER, then log in again.</source>
            <translation>请运行：sudo usermod -aG video $USER，然后重新登录。</translation>
        </message>
        <message>
            <source>Open Settings, Privacy &amp; security, Camera, and allow desktop apps to access your camera.</source>
            <translation>打开“设置”→“隐私和安全性”→“摄像头”，允许桌面应用访问摄像头。</translation>
        </message>
        <message>
            <source>Open System Settings, Privacy &amp; Security, Camera, allow the program that runs Avatarify, then start it again.</source>
            <translation>打开“系统设置”→“隐私与安全性”→“摄像头”，允许运行 Avatarify 的程序，然后重新启动它。</translation>
        </message>
        <message>
            <source>Plug it in again; the session reconnects as soon as it is back.</source>
            <translation>请重新插上；恢复后会话会自动重新连接。</translation>
        </message>
        <message>
            <source>The system settings deny Avatarify access to camera {name}.</source>
            <translation>系统设置拒绝 Avatarify 访问摄像头 {name}。</translation>
        </message>
        <message>
            <source>Camera {name} was unplugged.</source>
            <translation>摄像头 {name} 已被拔出。</translation>
        </message>
        <message>
            <source>No permission to open camera {name} ({path}).</source>
            <translation>没有打开摄像头 {name}（{path}）的权限。</translation>
        </message>
        <message>
            <source>Camera {name} is in use by {programs}.</source>
            <translation>摄像头 {name} 正被 {programs} 使用。</translation>
        </message>
        <message>
            <source>Close it, or use another camera.</source>
            <translation>请关闭该程序，或使用其他摄像头。</translation>
        </message>
        <message>
            <source>Camera {name} stopped delivering frames.</source>
            <translation>摄像头 {name} 已停止提供画面。</translation>
        </message>
        <message>
            <source>Reconnecting. If that fails, check its cable.</source>
            <translation>正在重新连接。若失败，请检查线缆。</translation>
        </message>
        <message>
            <source>Allow camera access in the system settings.</source>
            <translation>请在系统设置中允许访问摄像头。</translation>
        </message>
        <message>
            <source>Camera {name} cannot be opened.</source>
            <translation>无法打开摄像头 {name}。</translation>
        </message>
        <message>
            <source>Close other programs that use it, or plug it in again.</source>
            <translation>请关闭正在使用它的其他程序，或重新插拔。</translation>
        </message>
        <message>
            <source>Close other programs that use it.</source>
            <translation>请关闭正在使用它的其他程序。</translation>
        </message>
        <message>
            <source>Save it to a file.</source>
            <translation>请将其保存为文件。</translation>
        </message>
        <message>
            <source>{path} is a pipe or a device, not a video file.</source>
            <translation>{path} 是管道或设备，不是视频文件。</translation>
        </message>
        <message>
            <source>Save the video to a file.</source>
            <translation>请将视频保存为文件。</translation>
        </message>
        <message>
            <source>Use screen, or screen:X,Y,WIDTHxHEIGHT in pixels from the top-left corner.</source>
            <translation>请使用 screen，或以左上角为起点、以像素为单位的 screen:X,Y,WIDTHxHEIGHT。</translation>
        </message>
        <message>
            <source>Use it on a machine with a screen. Under Wayland, capture the window with OBS instead.</source>
            <translation>请在有屏幕的电脑上使用。在 Wayland 下请改用 OBS 捕获窗口。</translation>
        </message>
        <message>
            <source>'{text}' is outside the screen, which is {width}x{height} pixels.</source>
            <translation>“{text}”超出了屏幕范围（{width}x{height} 像素）。</translation>
        </message>
        <message>
            <source>'{text}' is not a part of the screen.</source>
            <translation>“{text}”不是屏幕上的区域。</translation>
        </message>
        <message>
            <source>'{text}' is too small.</source>
            <translation>“{text}”太小。</translation>
        </message>
        <message>
            <source>Each side must be at least {pixels} pixels.</source>
            <translation>每边至少要有 {pixels} 像素。</translation>
        </message>
        <message>
            <source>The screen is not available ({reason}).</source>
            <translation>屏幕不可用（{reason}）。</translation>
        </message>
        <message>
            <source>The screen cannot be captured ({reason}).</source>
            <translation>无法捕获屏幕（{reason}）。</translation>
        </message>
        <message>
            <source>On Debian and Ubuntu: sudo apt install libportaudio2. Or do without --voice.</source>
            <translation>在 Debian 和 Ubuntu 上：sudo apt install libportaudio2。或者不使用 --voice。</translation>
        </message>
        <message>
            <source>{file} cannot be read as sound: {reason}.</source>
            <translation>无法将 {file} 作为声音读取：{reason}。</translation>
        </message>
        <message>
            <source>Give a WAV file.</source>
            <translation>请指定一个 WAV 文件。</translation>
        </message>
        <message>
            <source>The microphone {name} cannot be used: {reason}.</source>
            <translation>无法使用麦克风 {name}：{reason}。</translation>
        </message>
        <message>
            <source>Connect it, allow access to it in the system's settings, or choose another one.</source>
            <translation>请连接它，在系统设置中允许访问，或选择其他麦克风。</translation>
        </message>
        <message>
            <source>The library PortAudio, which reads microphones, is missing.</source>
            <translation>缺少读取麦克风所需的库 PortAudio。</translation>
        </message>
        <message>
            <source>Check the address, and that the phone or camera is on the same network.</source>
            <translation>请检查地址，并确认手机或摄像头在同一网络中。</translation>
        </message>
        <message>
            <source>Use the form rtsp://HOST:PORT/PATH.</source>
            <translation>请使用 rtsp://HOST:PORT/PATH 格式。</translation>
        </message>
        <message>
            <source>Use the address of its video, often the same with /video at the end.</source>
            <translation>请使用其视频地址，通常是在末尾加上 /video。</translation>
        </message>
        <message>
            <source>Write them into the address: http://NAME:PASSWORD@HOST/PATH.</source>
            <translation>请写入地址中：http://用户名:密码@主机/路径。</translation>
        </message>
        <message>
            <source>{name} has no video stream.</source>
            <translation>{name} 没有视频流。</translation>
        </message>
        <message>
            <source>Use the address of its video.</source>
            <translation>请使用其视频的地址。</translation>
        </message>
        <message>
            <source>{name} stopped responding ({reason}).</source>
            <translation>{name} 已停止响应（{reason}）。</translation>
        </message>
        <message>
            <source>{name} has ended.</source>
            <translation>{name} 已结束。</translation>
        </message>
        <message>
            <source>Reconnecting.</source>
            <translation>正在重新连接。</translation>
        </message>
        <message>
            <source>The address of the stream is malformed.</source>
            <translation>流地址格式不正确。</translation>
        </message>
        <message>
            <source>The address {scheme}:// has no host.</source>
            <translation>地址 {scheme}:// 中没有主机。</translation>
        </message>
        <message>
            <source>{name} asks for a user name and a password.</source>
            <translation>{name} 需要用户名和密码。</translation>
        </message>
        <message>
            <source>{name} answers with a web page.</source>
            <translation>{name} 返回的是网页。</translation>
        </message>
        <message>
            <source>{name} sends no video ({reason}).</source>
            <translation>{name} 未发送视频（{reason}）。</translation>
        </message>
        <message>
            <source>'{text}' names no port.</source>
            <translation>“{text}”没有指定端口。</translation>
        </message>
        <message>
            <source>Write vmc:39539, or vmc:ADDRESS:PORT.</source>
            <translation>请写成 vmc:39539 或 vmc:地址:端口。</translation>
        </message>
        <message>
            <source>The package python-osc is not installed.</source>
            <translation>未安装软件包 python-osc。</translation>
        </message>
        <message>
            <source>Install it with: pip install 'avatarify[vmc]'.</source>
            <translation>请用此命令安装：pip install 'avatarify[vmc]'。</translation>
        </message>
        <message>
            <source>Port {port} of {address} cannot be used: {reason}.</source>
            <translation>无法使用 {address} 的端口 {port}：{reason}。</translation>
        </message>
        <message>
            <source>Close the other program that listens there, or choose another port: vmc:PORT.</source>
            <translation>请关闭占用该端口的其他程序，或选择其他端口：vmc:端口。</translation>
        </message>
        <message>
            <source>Camera {name} shows only black.</source>
            <translation>摄像头 {name} 画面全黑。</translation>
        </message>
        <message>
            <source>Open its privacy shutter, or add light.</source>
            <translation>请打开隐私挡板，或增加光线。</translation>
        </message>
        <message>
            <source>Camera {name} has shown the same picture for {seconds:.0f} s.</source>
            <translation>摄像头 {name} 已有 {seconds:.0f} 秒显示同一画面。</translation>
        </message>
        <message>
            <source>Reconnecting. If that fails, check its privacy switch and its cable.</source>
            <translation>正在重新连接。若失败，请检查隐私开关和线缆。</translation>
        </message>
        <message>
            <source>Camera {name} has delivered no frame for {seconds:.0f} s.</source>
            <translation>摄像头 {name} 已有 {seconds:.0f} 秒未提供画面。</translation>
        </message>
        <message>
            <source>If it does not recover, unplug it and plug it in again.</source>
            <translation>若未恢复，请拔下后重新插上。</translation>
        </message>
        <message>
            <source>Camera {name} is not connected.</source>
            <translation>摄像头 {name} 未连接。</translation>
        </message>
        <message>
            <source>Plug it in again.</source>
            <translation>请重新插入。</translation>
        </message>
        <message>
            <source>Camera {name} did not respond within {seconds:.0f} s.</source>
            <translation>摄像头 {name} 在 {seconds:.0f} 秒内没有响应。</translation>
        </message>
        <message>
            <source>Plug it in again, or restart the computer if it is built in.</source>
            <translation>请重新插拔；如果是内置摄像头，请重启电脑。</translation>
        </message>
        <message>
            <source>Run: {command}</source>
            <translation>运行：{command}</translation>
        </message>
        <message>
            <source>camera</source>
            <translation>摄像头</translation>
        </message>
        <message>
            <source>The system settings deny Avatarify access to cameras.</source>
            <translation>系统设置拒绝 Avatarify 访问摄像头。</translation>
        </message>
        <message>
            <source>{cameras}; one is in use by {programs}.</source>
            <translation>{cameras}；其中一个正被 {programs} 使用。</translation>
        </message>
        <message>
            <source>{camera} (in use by {programs})</source>
            <translation>{camera}（正被 {programs} 使用）</translation>
        </message>
        <message>
            <source>No permission to open {paths}.</source>
            <translation>没有打开 {paths} 的权限。</translation>
        </message>
        <message>
            <source>Cameras cannot be listed ({reason}).</source>
            <translation>无法列出摄像头（{reason}）。</translation>
        </message>
        <message>
            <source>Run: pip install --force-reinstall cv2-enumerate-cameras; '--camera demo' needs no camera.</source>
            <translation>运行：pip install --force-reinstall cv2-enumerate-cameras；“--camera demo”不需要摄像头。</translation>
        </message>
        <message>
            <source>Only {cameras}, which shows Avatarify's own output.</source>
            <translation>只有 {cameras}，它显示的是 Avatarify 自己的输出。</translation>
        </message>
        <message>
            <source>Connect a webcam; '--camera demo' needs none.</source>
            <translation>请连接摄像头；“--camera demo”不需要摄像头。</translation>
        </message>
        <message>
            <source>No camera is connected.</source>
            <translation>未连接摄像头。</translation>
        </message>
        <message>
            <source>Connect one; '--camera demo' needs none.</source>
            <translation>请连接一个；“--camera demo”不需要摄像头。</translation>
        </message>
        <message>
            <source>Close {programs} before a call: most cameras serve only one program at a time.</source>
            <translation>通话前请关闭 {programs}：大多数摄像头同一时间只能供一个程序使用。</translation>
        </message>
        <message>
            <source>Python</source>
            <translation>Python</translation>
        </message>
        <message>
            <source>{version} is not tested.</source>
            <translation>{version} 未经测试。</translation>
        </message>
        <message>
            <source>Use Python 3.11, 3.12, or 3.13.</source>
            <translation>请使用 Python 3.11、3.12 或 3.13。</translation>
        </message>
        <message>
            <source>packages</source>
            <translation>软件包</translation>
        </message>
        <message>
            <source>Missing: {packages}.</source>
            <translation>缺少：{packages}。</translation>
        </message>
        <message>
            <source>all {count} are installed</source>
            <translation>全部 {count} 个均已安装</translation>
        </message>
        <message>
            <source>system libraries</source>
            <translation>系统库</translation>
        </message>
        <message>
            <source>none are missing</source>
            <translation>没有缺失</translation>
        </message>
        <message>
            <source>Qt needs system libraries that are missing: {packages}.</source>
            <translation>缺少 Qt 所需的系统库：{packages}。</translation>
        </message>
        <message>
            <source>window</source>
            <translation>窗口</translation>
        </message>
        <message>
            <source>There is no display.</source>
            <translation>没有显示器。</translation>
        </message>
        <message>
            <source>Use 'avatarify run', which needs none.</source>
            <translation>请使用不需要显示器的“avatarify run”。</translation>
        </message>
        <message>
            <source>the desktop app can open</source>
            <translation>可以打开桌面应用</translation>
        </message>
        <message>
            <source>folders</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Cannot write to {folder}: {reason}.</source>
            <translation>无法写入 {folder}：{reason}。</translation>
        </message>
        <message>
            <source>Make it writable, or set AVATARIFY_CACHE, _DATA, and _CONFIG.</source>
            <translation>请使其可写，或设置 AVATARIFY_CACHE、_DATA 和 _CONFIG。</translation>
        </message>
        <message>
            <source>model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>the built-in model is intact</source>
            <translation>内置模型完好</translation>
        </message>
        <message>
            <source>runtime</source>
            <translation>运行时</translation>
        </message>
        <message>
            <source>Only {free} MB are free in {folder}.</source>
            <translation>{folder} 中仅剩 {free} MB 可用空间。</translation>
        </message>
        <message>
            <source>Free some disk space.</source>
            <translation>请释放一些磁盘空间。</translation>
        </message>
        <message>
            <source>writable, {free} GB free in {folder}</source>
            <translation>可写，{folder} 中有 {free} GB 可用空间</translation>
        </message>
        <message>
            <source>graphics card</source>
            <translation>显卡</translation>
        </message>
        <message>
            <source>{reason}: the CPU is used.</source>
            <translation>{reason}：使用 CPU。</translation>
        </message>
        <message>
            <source>Close programs that use the GPU, or use another GPU.</source>
            <translation>请关闭使用 GPU 的程序，或使用其他 GPU。</translation>
        </message>
        <message>
            <source>{gpu}; {runtimes} can use it</source>
            <translation>{gpu}；{runtimes} 可以使用它</translation>
        </message>
        <message>
            <source>TensorRT</source>
            <translation>TensorRT</translation>
        </message>
        <message>
            <source>{name} can be used (to build engines: avatarify build-engines)</source>
            <translation>{name} 可用（构建引擎：avatarify build-engines）</translation>
        </message>
        <message>
            <source>tensorrt: {tensorrt}; tensorrt-rtx: {rtx}.</source>
            <translation>tensorrt：{tensorrt}；tensorrt-rtx：{rtx}。</translation>
        </message>
        <message>
            <source>memory</source>
            <translation>内存</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>未知</translation>
        </message>
        <message>
            <source>{memory} MB</source>
            <translation>{memory} MB</translation>
        </message>
        <message>
            <source>{memory} MB, but a live session with the built-in model needs {needed} MB.</source>
            <translation>{memory} MB，但使用内置模型的实时会话需要 {needed} MB。</translation>
        </message>
        <message>
            <source>Use a machine with more memory.</source>
            <translation>请使用内存更大的电脑。</translation>
        </message>
        <message>
            <source>{memory} MB: enough for the built-in model, but not for the full one.</source>
            <translation>{memory} MB：足够运行内置模型，但不足以运行完整模型。</translation>
        </message>
        <message>
            <source>Close other programs before a call.</source>
            <translation>通话前请关闭其他程序。</translation>
        </message>
        <message>
            <source>no NVIDIA driver found; ONNX Runtime uses {provider}</source>
            <translation>未找到 NVIDIA 驱动程序；ONNX Runtime 使用 {provider}</translation>
        </message>
        <message>
            <source>no NVIDIA driver found; the built-in model runs on the CPU</source>
            <translation>未找到 NVIDIA 驱动程序；内置模型在 CPU 上运行</translation>
        </message>
        <message>
            <source>{gpu} is not used: {reason}.</source>
            <translation>未使用 {gpu}：{reason}。</translation>
        </message>
        <message>
            <source>{update} Then run: {command}</source>
            <translation>{update} 然后运行：{command}</translation>
        </message>
        <message>
            <source>{gpu} is not used and everything runs on the CPU: torch is not installed, and TensorRT is not available: {reason}.</source>
            <translation>未使用 {gpu}，一切都在 CPU 上运行：未安装 torch，且 TensorRT 不可用：{reason}。</translation>
        </message>
        <message>
            <source>{gpu} is not used and everything runs on the CPU: torch {torch} is a CPU build, and TensorRT is not available: {reason}.</source>
            <translation>未使用 {gpu}，全部在 CPU 上运行：torch {torch} 是 CPU 版本，且 TensorRT 不可用：{reason}。</translation>
        </message>
        <message>
            <source>not used: no NVIDIA GPU found (tensorrt-rtx is installed). {requirements}</source>
            <translation>未使用：未找到 NVIDIA GPU（已安装 tensorrt-rtx）。{requirements}</translation>
        </message>
        <message>
            <source>not used: no NVIDIA GPU found (tensorrt-rtx is not installed). {requirements}</source>
            <translation>未使用：未找到 NVIDIA GPU（未安装 tensorrt-rtx）。{requirements}</translation>
        </message>
        <message>
            <source>It requires an NVIDIA GPU of compute capability 7.5 or newer (RTX 20 series, GTX 16 series) with {memory} MB of memory; a driver for CUDA {cuda} (version {driver} or newer); and: {command}</source>
            <translation>需要：计算能力 7.5 或更高、显存 {memory} MB 的 NVIDIA GPU（RTX 20 系列、GTX 16 系列）；支持 CUDA {cuda} 的驱动程序（{driver} 或更新版本）；以及：{command}</translation>
        </message>
        <message>
            <source>Install NVIDIA driver {driver} or newer (Ubuntu: sudo ubuntu-drivers install), then restart.</source>
            <translation>请安装 NVIDIA 驱动程序 {driver} 或更新版本（Ubuntu：sudo ubuntu-drivers install），然后重启。</translation>
        </message>
        <message>
            <source>Install NVIDIA driver {driver} or newer from nvidia.com/drivers, then restart.</source>
            <translation>请从 nvidia.com/drivers 安装 NVIDIA 驱动程序 {driver} 或更新版本，然后重启。</translation>
        </message>
        <message>
            <source>virtual camera</source>
            <translation>虚拟摄像头</translation>
        </message>
        <message>
            <source>Nothing is built for {target}: {reason}.</source>
            <translation>不为 {target} 构建任何内容：{reason}。</translation>
        </message>
        <message>
            <source>Run 'avatarify doctor'.</source>
            <translation>请运行“avatarify doctor”。</translation>
        </message>
        <message>
            <source>not compared: no NVIDIA driver found; the first start on a GPU compares it</source>
            <translation>未比较：未找到 NVIDIA 驱动程序；首次在 GPU 上启动时会进行比较</translation>
        </message>
        <message>
            <source>comparing {target} with torch</source>
            <translation>正在将 {target} 与 torch 比较</translation>
        </message>
        <message>
            <source>The engine {target} {precision} of '{model}'</source>
            <translation>“{model}”的引擎 {target} {precision}</translation>
        </message>
        <message>
            <source>valid</source>
            <translation>有效</translation>
        </message>
        <message>
            <source>another process has built it</source>
            <translation>已由另一个进程构建</translation>
        </message>
        <message>
            <source>requested with --force</source>
            <translation>使用 --force 请求</translation>
        </message>
        <message>
            <source>{engine}: waiting for another process that builds it</source>
            <translation>{engine}：正在等待构建它的另一个进程</translation>
        </message>
        <message>
            <source>unpacking the graphs</source>
            <translation>正在解压计算图</translation>
        </message>
        <message>
            <source>No engines of '{model}' have been built.</source>
            <translation>尚未构建“{model}”的引擎。</translation>
        </message>
        <message>
            <source>Run: avatarify build-engines --model {model}</source>
            <translation>运行：avatarify build-engines --model {model}</translation>
        </message>
        <message>
            <source>waiting for another process</source>
            <translation>正在等待另一个进程</translation>
        </message>
        <message>
            <source>The ONNX files of '{model}' do not compute what torch does: {problems}.</source>
            <translation>“{model}”的 ONNX 文件的计算结果与 torch 不一致：{problems}。</translation>
        </message>
        <message>
            <source>Use --runtime torch, and report this.</source>
            <translation>请使用 --runtime torch，并报告此问题。</translation>
        </message>
        <message>
            <source>torch {version} is a CPU build, although this machine has an NVIDIA GPU</source>
            <translation>torch {version} 是 CPU 版本，但本机有 NVIDIA GPU</translation>
        </message>
        <message>
            <source>the package openvino is not installed (pip install openvino)</source>
            <translation>未安装软件包 openvino（pip install openvino）</translation>
        </message>
        <message>
            <source>the package onnxruntime is not installed (pip install onnxruntime)</source>
            <translation>未安装软件包 onnxruntime（pip install onnxruntime）</translation>
        </message>
        <message>
            <source>this build of ONNX Runtime does not include it</source>
            <translation>此版本的 ONNX Runtime 不包含它</translation>
        </message>
        <message>
            <source>it is faster than the CPU of this computer</source>
            <translation>比这台电脑的 CPU 更快</translation>
        </message>
        <message>
            <source>NVIDIA GPU found</source>
            <translation>已找到 NVIDIA GPU</translation>
        </message>
        <message>
            <source>NVIDIA RTX GPU found</source>
            <translation>已找到 NVIDIA RTX GPU</translation>
        </message>
        <message>
            <source>nothing faster can be used on this machine</source>
            <translation>本机没有更快的可用选项</translation>
        </message>
        <message>
            <source>GPU found by DirectML</source>
            <translation>已通过 DirectML 找到 GPU</translation>
        </message>
        <message>
            <source>GPU found by CoreML</source>
            <translation>已通过 CoreML 找到 GPU</translation>
        </message>
        <message>
            <source>no usable GPU, and OpenVINO is fastest on a CPU</source>
            <translation>没有可用的 GPU，而 OpenVINO 在 CPU 上最快</translation>
        </message>
        <message>
            <source>No runtime can execute the model.</source>
            <translation>没有可以运行该模型的运行时。</translation>
        </message>
        <message>
            <source>The model runs on {runtime} instead: {device}.</source>
            <translation>模型改用 {runtime} 运行：{device}。</translation>
        </message>
        <message>
            <source>{runtime} is not used: {reason}.</source>
            <translation>未使用 {runtime}：{reason}。</translation>
        </message>
        <message>
            <source>{runtime} is not used: {reason} It is being built in the background; start again in a minute.</source>
            <translation>未使用 {runtime}：{reason} 正在后台构建；请一分钟后重新开始。</translation>
        </message>
        <message>
            <source>{runtime} is not used: {reason}</source>
            <translation>未使用 {runtime}：{reason}</translation>
        </message>
        <message>
            <source>The runtime {runtime} cannot be used: {reason}.</source>
            <translation>运行时 {runtime} 不可用：{reason}。</translation>
        </message>
        <message>
            <source>Use --runtime auto.</source>
            <translation>请使用 --runtime auto。</translation>
        </message>
        <message>
            <source>{runtime}: requested</source>
            <translation>{runtime}：按要求使用</translation>
        </message>
        <message>
            <source>There is no runtime '{runtime}'.</source>
            <translation>没有名为“{runtime}”的运行时。</translation>
        </message>
        <message>
            <source>key points differ by {value:.4f} (limit {limit})</source>
            <translation>关键点相差 {value:.4f}（上限 {limit}）</translation>
        </message>
        <message>
            <source>mean image difference {value:.2f}/255 (limit {limit:g}/255)</source>
            <translation>图像平均差 {value:.2f}/255（上限 {limit:g}/255）</translation>
        </message>
        <message>
            <source>mean motion difference {value:.4f} (limit {limit})</source>
            <translation>运动平均差 {value:.4f}（上限 {limit}）</translation>
        </message>
        <message>
            <source>{subject} was rejected: {problems}.</source>
            <translation>{subject} 未通过检查：{problems}。</translation>
        </message>
        <message>
            <source>Build it again with --precision fp32, or report this.</source>
            <translation>请使用 --precision fp32 重新构建，或报告此问题。</translation>
        </message>
        <message>
            <source>reading the weights</source>
            <translation>正在读取权重</translation>
        </message>
        <message>
            <source>writing {graph} as ONNX</source>
            <translation>正在将 {graph} 写为 ONNX</translation>
        </message>
        <message>
            <source>running the reference on real frames</source>
            <translation>正在用真实帧运行参考模型</translation>
        </message>
        <message>
            <source>comparing ONNX with torch</source>
            <translation>正在比较 ONNX 与 torch</translation>
        </message>
        <message>
            <source>OpenVINO finds no {device} here (it finds: {found}).</source>
            <translation>OpenVINO 在此未找到 {device}（已找到：{found}）。</translation>
        </message>
        <message>
            <source>Install Intel's driver for it, or use --runtime auto.</source>
            <translation>请安装相应的 Intel 驱动程序，或使用 --runtime auto。</translation>
        </message>
        <message>
            <source>{runtime} for '{model}'</source>
            <translation>“{model}”的 {runtime}</translation>
        </message>
        <message>
            <source>compiling for {device}</source>
            <translation>正在为 {device} 编译</translation>
        </message>
        <message>
            <source>comparing the speed of {device} and CPU</source>
            <translation>正在比较 {device} 与 CPU 的速度</translation>
        </message>
        <message>
            <source>The CPU is faster: {cpu:.0f} ms a frame, {device} {other:.0f} ms.</source>
            <translation>CPU 更快：每帧 {cpu:.0f} 毫秒，{device} 为 {other:.0f} 毫秒。</translation>
        </message>
        <message>
            <source>Use --runtime {runtime} to use it all the same.</source>
            <translation>如仍要使用，请指定 --runtime {runtime}。</translation>
        </message>
        <message>
            <source>{target} cannot be used: {reason}.</source>
            <translation>{target} 不可用：{reason}。</translation>
        </message>
        <message>
            <source>The package websockets is not installed.</source>
            <translation>未安装软件包 websockets。</translation>
        </message>
        <message>
            <source>Install it: pip install 'avatarify[remote]'</source>
            <translation>请安装：pip install 'avatarify[remote]'</translation>
        </message>
        <message>
            <source>compiling</source>
            <translation>正在编译</translation>
        </message>
        <message>
            <source>OpenVINO cannot build {graph}: {reason}.</source>
            <translation>OpenVINO 无法构建 {graph}：{reason}。</translation>
        </message>
        <message>
            <source>Report this with the full message.</source>
            <translation>请附上完整信息报告此问题。</translation>
        </message>
        <message>
            <source>{cpu} does not multiply 16-bit numbers.</source>
            <translation>{cpu} 不支持 16 位乘法。</translation>
        </message>
        <message>
            <source>Use --precision fp32.</source>
            <translation>请使用 --precision fp32。</translation>
        </message>
        <message>
            <source>{graph} of '{model}' for {target} {precision}</source>
            <translation>“{model}”的 {graph}（{target} {precision}）</translation>
        </message>
        <message>
            <source>not built yet</source>
            <translation>尚未构建</translation>
        </message>
        <message>
            <source>its manifest cannot be read</source>
            <translation>无法读取其清单</translation>
        </message>
        <message>
            <source>truncated</source>
            <translation>不完整</translation>
        </message>
        <message>
            <source>larger than its manifest says</source>
            <translation>大于清单所述</translation>
        </message>
        <message>
            <source>damaged: its SHA-256 differs from the manifest's</source>
            <translation>已损坏：SHA-256 与清单不符</translation>
        </message>
        <message>
            <source>No valid engine {engine}: {reason}.</source>
            <translation>没有有效的引擎 {engine}：{reason}。</translation>
        </message>
        <message>
            <source>Run: avatarify build-engines --model {model} --target {target}</source>
            <translation>运行：avatarify build-engines --model {model} --target {target}</translation>
        </message>
        <message>
            <source>built by {found}, but this is {wanted}</source>
            <translation>由 {found} 构建，但此处为 {wanted}</translation>
        </message>
        <message>
            <source>built for {found}, but this is {wanted}</source>
            <translation>为 {found} 构建，但此处为 {wanted}</translation>
        </message>
        <message>
            <source>built with other settings</source>
            <translation>使用其他设置构建</translation>
        </message>
        <message>
            <source>built from another graph</source>
            <translation>由其他图构建</translation>
        </message>
        <message>
            <source>Preparing the model '{model}' for this computer. This is done once and takes about {seconds:.0f} seconds.</source>
            <translation>正在为这台电脑准备模型“{model}”。此操作只需进行一次，大约需要 {seconds:.0f} 秒。</translation>
        </message>
        <message>
            <source>{problem} Until then the model is prepared again at each start.</source>
            <translation>{problem} 在此之前，每次启动都会重新准备模型。</translation>
        </message>
        <message>
            <source>The recipe {file} cannot be read: {reason}.</source>
            <translation>无法读取配方 {file}：{reason}。</translation>
        </message>
        <message>
            <source>The reference {file} cannot be read: {reason}.</source>
            <translation>无法读取参考数据 {file}：{reason}。</translation>
        </message>
        <message>
            <source>Delete it; it will be made again.</source>
            <translation>请删除它；会重新生成。</translation>
        </message>
        <message>
            <source>The reference frames in {file} are missing or damaged.</source>
            <translation>{file} 中的参考帧缺失或已损坏。</translation>
        </message>
        <message>
            <source>{file} has no warp at which it could be split.</source>
            <translation>{file} 中没有可用于拆分的变形。</translation>
        </message>
        <message>
            <source>the package {name} is not installed (pip install 'avatarify[{name}]')</source>
            <translation>未安装软件包 {name}（pip install 'avatarify[{name}]'）</translation>
        </message>
        <message>
            <source>it builds for the GPU of this machine, and no NVIDIA driver was found</source>
            <translation>它为本机的 GPU 构建，但未找到 NVIDIA 驱动程序</translation>
        </message>
        <message>
            <source>retrying with the warps kept separate</source>
            <translation>正在以分离变形的方式重试</translation>
        </message>
        <message>
            <source>starting the builder</source>
            <translation>正在启动构建器</translation>
        </message>
        <message>
            <source>TensorRT-RTX does not support compute capability {unknown}.</source>
            <translation>TensorRT-RTX 不支持计算能力 {unknown}。</translation>
        </message>
        <message>
            <source>Choose from: {known}.</source>
            <translation>请从以下选项中选择：{known}。</translation>
        </message>
        <message>
            <source>This version of TensorRT-RTX, {version}, does not support compute capability {capability}.</source>
            <translation>此版本的 TensorRT-RTX（{version}）不支持计算能力 {capability}。</translation>
        </message>
        <message>
            <source>Leave it out of --compute-capability, or install a newer version.</source>
            <translation>请将其从 --compute-capability 中去掉，或安装更新的版本。</translation>
        </message>
        <message>
            <source>{target} cannot build {graph}: {log}</source>
            <translation>{target} 无法构建 {graph}：{log}</translation>
        </message>
        <message>
            <source>no reason given</source>
            <translation>未给出原因</translation>
        </message>
        <message>
            <source>Float16 engines need ONNX Runtime's converter.</source>
            <translation>float16 引擎需要 ONNX Runtime 的转换器。</translation>
        </message>
        <message>
            <source>Run: pip install onnxruntime, or use --precision fp32.</source>
            <translation>运行：pip install onnxruntime，或使用 --precision fp32。</translation>
        </message>
        <message>
            <source>The model file {path} cannot be read.</source>
            <translation>无法读取模型文件 {path}。</translation>
        </message>
        <message>
            <source>The model file {path} is damaged.</source>
            <translation>模型文件 {path} 已损坏。</translation>
        </message>
        <message>
            <source>'{text}' does not say which face to follow.</source>
            <translation>“{text}”没有说明要跟随哪张面孔。</translation>
        </message>
        <message>
            <source>Give largest, left, right, or a place in the camera's picture in pixels: X,Y.</source>
            <translation>请给出 largest、left、right，或摄像头画面中的像素位置：X,Y。</translation>
        </message>
        <message>
            <source>'{text}' is not a size.</source>
            <translation>“{text}”不是有效的尺寸。</translation>
        </message>
        <message>
            <source>Write it as WIDTHxHEIGHT, such as 1280x720.</source>
            <translation>请写成 WIDTHxHEIGHT，例如 1280x720。</translation>
        </message>
        <message>
            <source>The size {text} cannot be used.</source>
            <translation>不能使用尺寸 {text}。</translation>
        </message>
        <message>
            <source>Both sides must be even and from 16 to 4096.</source>
            <translation>两边都必须是 16 到 4096 之间的偶数。</translation>
        </message>
        <message>
            <source>The weights {path} cannot be read: {reason}.</source>
            <translation>无法读取权重 {path}：{reason}。</translation>
        </message>
        <message>
            <source>The model has an unknown graph '{graph}'.</source>
            <translation>模型含有未知的图“{graph}”。</translation>
        </message>
        <message>
            <source>Build the engines again with 'avatarify build-engines --force'.</source>
            <translation>请用“avatarify build-engines --force”重新构建引擎。</translation>
        </message>
        <message>
            <source>The model has no graph '{graph}'.</source>
            <translation>模型中没有图“{graph}”。</translation>
        </message>
        <message>
            <source>The graph {graph} has no tensor '{name}'.</source>
            <translation>图 {graph} 中没有张量“{name}”。</translation>
        </message>
        <message>
            <source>The graph {graph} has an unknown tensor '{name}'.</source>
            <translation>图 {graph} 含有未知的张量“{name}”。</translation>
        </message>
        <message>
            <source>The tensor '{name}' of the graph {graph} is {found}, but must be {wanted}.</source>
            <translation>图 {graph} 的张量“{name}”为 {found}，但应为 {wanted}。</translation>
        </message>
        <message>
            <source>The graph {graph} is not valid ONNX: {reason}</source>
            <translation>图 {graph} 不是有效的 ONNX：{reason}</translation>
        </message>
        <message>
            <source>Report this.</source>
            <translation>请报告此问题。</translation>
        </message>
        <message>
            <source>The graph {graph} cannot be exported to ONNX: {reason}</source>
            <translation>无法将图 {graph} 导出为 ONNX：{reason}</translation>
        </message>
        <message>
            <source>A graph of the model lacks the tensor '{name}'.</source>
            <translation>模型的某个图缺少张量“{name}”。</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, WebP, AVIF, BMP, or TIFF image.</source>
            <translation>请使用 PNG、JPEG、WebP、AVIF、BMP 或 TIFF 图片。</translation>
        </message>
        <message>
            <source>{path} is a folder, not an image.</source>
            <translation>{path} 是文件夹，不是图片。</translation>
        </message>
        <message>
            <source>Choose one image in it.</source>
            <translation>请选择其中的一张图片。</translation>
        </message>
        <message>
            <source>The image {path} does not exist.</source>
            <translation>图片 {path} 不存在。</translation>
        </message>
        <message>
            <source>The image {path} cannot be read: {reason}.</source>
            <translation>无法读取图片 {path}：{reason}。</translation>
        </message>
        <message>
            <source>Check its permissions.</source>
            <translation>请检查访问权限。</translation>
        </message>
        <message>
            <source>There is not enough memory for the image {name}.</source>
            <translation>内存不足，无法打开图片 {name}。</translation>
        </message>
        <message>
            <source>Reduce it.</source>
            <translation>请将其缩小。</translation>
        </message>
        <message>
            <source>The image {name} is truncated.</source>
            <translation>图片 {name} 不完整。</translation>
        </message>
        <message>
            <source>Copy or download it again.</source>
            <translation>请重新复制或下载。</translation>
        </message>
        <message>
            <source>{name} is not an image that can be read.</source>
            <translation>{name} 不是可读取的图片。</translation>
        </message>
        <message>
            <source>The image {name} is only {width}x{height} pixels.</source>
            <translation>图片 {name} 只有 {width}x{height} 像素。</translation>
        </message>
        <message>
            <source>Use a larger one.</source>
            <translation>请使用更大的。</translation>
        </message>
        <message>
            <source>The image {name} has more than {limit} megapixels.</source>
            <translation>图片 {name} 超过 {limit} 百万像素。</translation>
        </message>
        <message>
            <source>{name} is a HEIC image, which cannot be read here.</source>
            <translation>{name} 是 HEIC 图片，在此无法读取。</translation>
        </message>
        <message>
            <source>Save it as JPEG, or run: pip install pi-heif.</source>
            <translation>请另存为 JPEG，或运行：pip install pi-heif。</translation>
        </message>
        <message>
            <source>The camera's image size changed from {before} to {after}.</source>
            <translation>摄像头的画面尺寸从 {before} 变为 {after}。</translation>
        </message>
        <message>
            <source>Look straight ahead for a moment.</source>
            <translation>请直视前方片刻。</translation>
        </message>
        <message>
            <source>Camera {name} delivers only {measured:.0f} of {nominal:.0f} fps. Better lighting or a USB port of its own may help.</source>
            <translation>摄像头 {name} 只提供 {nominal:.0f} fps 中的 {measured:.0f} fps。改善光线或使用单独的 USB 端口可能有帮助。</translation>
        </message>
        <message>
            <source>Camera {name} reports invalid timestamps; using arrival times instead.</source>
            <translation>摄像头 {name} 报告的时间戳无效；改用到达时间。</translation>
        </message>
        <message>
            <source>The camera {name} failed: {reason}.</source>
            <translation>摄像头 {name} 出错：{reason}。</translation>
        </message>
        <message>
            <source>Reconnecting. If that fails, unplug the camera and plug it in again.</source>
            <translation>正在重新连接。若失败，请拔下摄像头后重新插上。</translation>
        </message>
        <message>
            <source>The camera {name} is the virtual camera that Avatarify sends to.</source>
            <translation>摄像头 {name} 就是 Avatarify 的输出虚拟摄像头。</translation>
        </message>
        <message>
            <source>Choose the camera that sees you; 'avatarify devices' lists them.</source>
            <translation>请选择拍到你的摄像头；“avatarify devices”可列出它们。</translation>
        </message>
        <message>
            <source>{name} is not responding and cannot be changed now.</source>
            <translation>{name} 没有响应，现在无法更改。</translation>
        </message>
        <message>
            <source>Try again in a moment.</source>
            <translation>请稍后再试。</translation>
        </message>
        <message>
            <source>{name} has not taken a picture for {seconds:.0f} s.</source>
            <translation>{name} 已有 {seconds:.0f} 秒未接收画面。</translation>
        </message>
        <message>
            <source>If it does not recover by itself, close the program that shows it.</source>
            <translation>若未自行恢复，请关闭显示它的程序。</translation>
        </message>
        <message>
            <source>{name} failed: {reason}.</source>
            <translation>{name} 出错：{reason}。</translation>
        </message>
        <message>
            <source>This computer is too slow or too busy: showing every second frame ({fps:.0f} fps).</source>
            <translation>此计算机速度过慢或负载过高：每两帧只显示一帧（{fps:.0f} fps）。</translation>
        </message>
        <message>
            <source>Reduced detail to keep {fps:.0f} fps.</source>
            <translation>已降低细节以保持 {fps:.0f} fps。</translation>
        </message>
        <message>
            <source>The {name} thread did not end within {seconds:.0f} s.</source>
            <translation>线程 {name} 未在 {seconds:.0f} 秒内结束。</translation>
        </message>
        <message>
            <source>Unplug the camera or close the program that uses it, then start Avatarify again.</source>
            <translation>请拔下摄像头或关闭使用它的程序，然后重新启动 avatarify。</translation>
        </message>
        <message>
            <source>The folder {folder} cannot be written: {reason}.</source>
            <translation>无法写入文件夹 {folder}：{reason}。</translation>
        </message>
        <message>
            <source>Make it writable, free some space, or choose another folder with --output or AVATARIFY_CACHE.</source>
            <translation>请使其可写、释放空间，或用 --output 或 AVATARIFY_CACHE 选择其他文件夹。</translation>
        </message>
        <message>
            <source>Another process has been holding {file} for 15 minutes.</source>
            <translation>另一个进程已占用 {file} 15 分钟。</translation>
        </message>
        <message>
            <source>End that process, then try again.</source>
            <translation>请结束该进程，然后重试。</translation>
        </message>
        <message>
            <source>Programs may use only {allowed} MB of memory here, but a model needs {needed} MB.</source>
            <translation>此处程序最多只能使用 {allowed} MB 内存，而模型需要 {needed} MB。</translation>
        </message>
        <message>
            <source>Raise the limit, for example with: ulimit -v unlimited</source>
            <translation>请提高限制，例如运行：ulimit -v unlimited</translation>
        </message>
        <message>
            <source>A key point's Jacobian cannot be inverted.</source>
            <translation>某个关键点的雅可比矩阵不可逆。</translation>
        </message>
        <message>
            <source>Look at the camera and recalibrate.</source>
            <translation>请看向摄像头并重新校准。</translation>
        </message>
        <message>
            <source>The key points enclose no area.</source>
            <translation>关键点没有围成任何面积。</translation>
        </message>
        <message>
            <source>The key points are not numbers.</source>
            <translation>关键点不是有效数值。</translation>
        </message>
        <message>
            <source>Recalibrate, or try another model.</source>
            <translation>请重新校准，或换一个模型。</translation>
        </message>
        <message>
            <source>The sizes '{name}' are unknown.</source>
            <translation>未知的尺寸“{name}”。</translation>
        </message>
        <message>
            <source>Known sizes: {known}.</source>
            <translation>已知的尺寸：{known}。</translation>
        </message>
        <message>
            <source>{path} has no dict with the parts kp_detector and generator.</source>
            <translation>{path} 中没有包含 kp_detector 和 generator 的字典。</translation>
        </message>
        <message>
            <source>Checkpoints of the First Order Motion Model, such as vox-cpk.pth.tar, can be used.</source>
            <translation>可以使用 First Order Motion Model 的检查点，例如 vox-cpk.pth.tar。</translation>
        </message>
        <message>
            <source>{path} is a model of the kind {kind}, which does not run live.</source>
            <translation>{path} 是 {kind} 类模型，不能实时运行。</translation>
        </message>
        <message>
            <source>Use it as --model of 'avatarify animate', 'evaluate --reconstruct', or 'figures'.</source>
            <translation>请将其用作“avatarify animate”、“evaluate --reconstruct”或“figures”的 --model。</translation>
        </message>
        <message>
            <source>{path} was not written by 'avatarify train'.</source>
            <translation>{path} 不是由“avatarify train”写出的。</translation>
        </message>
        <message>
            <source>Give the model.safetensors of a training run, or a .pth.tar.</source>
            <translation>请指定“avatarify train”的 model.safetensors 或 .pth.tar。</translation>
        </message>
        <message>
            <source>{path} cannot be written: {reason}.</source>
            <translation>无法写入 {path}：{reason}。</translation>
        </message>
        <message>
            <source>Free some space, or check the folder.</source>
            <translation>请释放空间，或检查文件夹。</translation>
        </message>
        <message>
            <source>missing tensors: {count} ({names})</source>
            <translation>缺少的张量：{count}（{names}）</translation>
        </message>
        <message>
            <source>unknown tensors: {count} ({names})</source>
            <translation>未知的张量：{count}（{names}）</translation>
        </message>
        <message>
            <source>tensors of another shape: {count} ({names})</source>
            <translation>形状不同的张量：{count}（{names}）</translation>
        </message>
        <message>
            <source>{path} contains more than weights ({name}) and was not read.</source>
            <translation>{path} 包含权重以外的内容（{name}），未读取。</translation>
        </message>
        <message>
            <source>Use a file from the model's own publisher.</source>
            <translation>请使用模型发布者提供的文件。</translation>
        </message>
        <message>
            <source>{path} is damaged or truncated and cannot be read.</source>
            <translation>{path} 已损坏或不完整，无法读取。</translation>
        </message>
        <message>
            <source>{path} does not fit the model: {problems}.</source>
            <translation>{path} 与模型不匹配：{problems}。</translation>
        </message>
        <message>
            <source>{path} has tensors of a kind that cannot be used: {names}.</source>
            <translation>{path} 含有无法使用的张量类型：{names}。</translation>
        </message>
        <message>
            <source>{path} has numbers that are not finite: {names}.</source>
            <translation>{path} 含有非有限数值：{names}。</translation>
        </message>
        <message>
            <source>The checkpoint {path} cannot be read: {reason}.</source>
            <translation>无法读取检查点 {path}：{reason}。</translation>
        </message>
        <message>
            <source>{path} is a web page, not a checkpoint.</source>
            <translation>{path} 是网页，不是检查点。</translation>
        </message>
        <message>
            <source>Download the file itself.</source>
            <translation>请下载文件本身。</translation>
        </message>
        <message>
            <source>{path} is not a torch checkpoint.</source>
            <translation>{path} 不是 torch 检查点。</translation>
        </message>
        <message>
            <source>Give a .pth.tar file such as vox-cpk.pth.tar.</source>
            <translation>请指定 .pth.tar 文件，例如 vox-cpk.pth.tar。</translation>
        </message>
        <message>
            <source>{path} has more than {limit} tensors, which no model here has.</source>
            <translation>{path} 含有超过 {limit} 个张量，这里没有任何模型有这么多。</translation>
        </message>
        <message>
            <source>{path} is an archive of other files.</source>
            <translation>{path} 是包含其他文件的压缩包。</translation>
        </message>
        <message>
            <source>Unpack it, and give the checkpoint inside.</source>
            <translation>请先解压，再指定其中的检查点。</translation>
        </message>
        <message>
            <source>The sizes in the manifest are not valid.</source>
            <translation>清单中的尺寸信息无效。</translation>
        </message>
        <message>
            <source>Import the model again.</source>
            <translation>请重新导入该模型。</translation>
        </message>
        <message>
            <source>The interrupted recording {file} cannot be moved or deleted: {reason}.</source>
            <translation>无法移动或删除中断的录像 {file}：{reason}。</translation>
        </message>
        <message>
            <source>Make its folder writable, or free some disk space.</source>
            <translation>请使其文件夹可写，或释放一些磁盘空间。</translation>
        </message>
        <message>
            <source>Cannot serve the page {address}: {reason}.</source>
            <translation>无法提供页面 {address}：{reason}。</translation>
        </message>
        <message>
            <source>Choose another port: --sink http://{host}:{next_port}</source>
            <translation>请选择其他端口：--sink http://{host}:{next_port}</translation>
        </message>
        <message>
            <source>The page {address} is closed.</source>
            <translation>页面 {address} 已关闭。</translation>
        </message>
        <message>
            <source>Open it again.</source>
            <translation>请重新打开。</translation>
        </message>
        <message>
            <source>The recording {name} is finished.</source>
            <translation>录像 {name} 已完成。</translation>
        </message>
        <message>
            <source>Start a new one.</source>
            <translation>请开始新的。</translation>
        </message>
        <message>
            <source>Cannot write to the folder {folder}: {reason}.</source>
            <translation>无法写入文件夹 {folder}：{reason}。</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>请选择其他文件夹。</translation>
        </message>
        <message>
            <source>Free some disk space or use another disk.</source>
            <translation>请释放磁盘空间或使用其他磁盘。</translation>
        </message>
        <message>
            <source>What was recorded before is in {name}. {advice}</source>
            <translation>此前录制的内容在 {name} 中。{advice}</translation>
        </message>
        <message>
            <source>Cannot write {name}: {reason}.</source>
            <translation>无法写入 {name}：{reason}。</translation>
        </message>
        <message>
            <source>A video of {size} cannot be written.</source>
            <translation>无法写入 {size} 的视频。</translation>
        </message>
        <message>
            <source>Both sides must be even.</source>
            <translation>两边都必须是偶数。</translation>
        </message>
        <message>
            <source>{file} is not an MP4 file name.</source>
            <translation>{file} 不是 MP4 文件名。</translation>
        </message>
        <message>
            <source>End it in {suffix}.</source>
            <translation>请以 {suffix} 结尾。</translation>
        </message>
        <message>
            <source>A video of {fps:g} fps cannot be written.</source>
            <translation>无法写入 {fps:g} fps 的视频。</translation>
        </message>
        <message>
            <source>Use 1 to 240 fps.</source>
            <translation>请使用 1 到 240 fps。</translation>
        </message>
        <message>
            <source>A sink is named twice.</source>
            <translation>输出目标重复。</translation>
        </message>
        <message>
            <source>Name each sink once.</source>
            <translation>每个输出目标只指定一次。</translation>
        </message>
        <message>
            <source>'{text}' is not a valid sink.</source>
            <translation>“{text}”不是有效的输出目标。</translation>
        </message>
        <message>
            <source>Use virtual, null, mjpeg, or a file ending in {suffix}.</source>
            <translation>请使用 virtual、null、mjpeg 或以 {suffix} 结尾的文件。</translation>
        </message>
        <message>
            <source>'{text}' is not a page of this machine.</source>
            <translation>“{text}”不是本机的页面。</translation>
        </message>
        <message>
            <source>Use http://127.0.0.1:{port}.</source>
            <translation>请使用 http://127.0.0.1:{port}。</translation>
        </message>
        <message>
            <source>There is no virtual camera for this system.</source>
            <translation>此系统没有可用的虚拟摄像头。</translation>
        </message>
        <message>
            <source>Use '--sink mjpeg' and a browser source in OBS.</source>
            <translation>请使用“--sink mjpeg”和 OBS 的浏览器源。</translation>
        </message>
        <message>
            <source>Another program sends to the OBS camera: stop the virtual camera in OBS.</source>
            <translation>另一个程序正在向 OBS 摄像头发送：请在 OBS 中停止虚拟摄像机。</translation>
        </message>
        <message>
            <source>Choose a name that 'avatarify devices' lists.</source>
            <translation>请选择“avatarify devices”列出的名称。</translation>
        </message>
        <message>
            <source>Another program sends to it, or a program that showed it is still open: close both. If that does not help: sudo modprobe -r v4l2loopback, then {command}</source>
            <translation>另一个程序正在向它发送，或显示它的程序仍然打开：请关闭两者。若无效：sudo modprobe -r v4l2loopback，然后 {command}</translation>
        </message>
        <message>
            <source>A program still shows frames of another size: turn off its camera, or close the program.</source>
            <translation>有程序仍在显示其他尺寸的画面：请关闭其摄像头或关闭该程序。</translation>
        </message>
        <message>
            <source>Avatarify already sends to it: stop the other session.</source>
            <translation>Avatarify 已在向它发送：请停止另一个会话。</translation>
        </message>
        <message>
            <source>Secure Boot requires a signed module: sudo mokutil --import {key}, restart, and choose 'Enroll MOK' on the blue screen.</source>
            <translation>安全启动要求模块已签名：sudo mokutil --import {key}，重启，并在蓝屏上选择“Enroll MOK”。</translation>
        </message>
        <message>
            <source>Close all programs that use the virtual camera, including the browser, then run the command again.</source>
            <translation>请关闭所有使用虚拟摄像头的程序（包括浏览器），然后重新运行命令。</translation>
        </message>
        <message>
            <source>It was not built for this kernel: restart if a newer one is installed, then run the command again.</source>
            <translation>它不是为此内核构建的：若已安装更新的内核请重启，然后重新运行命令。</translation>
        </message>
        <message>
            <source>Run: sudo apt-get update, then run the command again.</source>
            <translation>运行：sudo apt-get update，然后重新运行命令。</translation>
        </message>
        <message>
            <source>On Fedora it is in RPM Fusion: enable rpmfusion-free, then run the command again.</source>
            <translation>在 Fedora 上它位于 RPM Fusion：请启用 rpmfusion-free，然后重新运行命令。</translation>
        </message>
        <message>
            <source>v4l2loopback is loaded but has no device.</source>
            <translation>v4l2loopback 已加载，但没有设备。</translation>
        </message>
        <message>
            <source>Run: sudo mokutil --import {key}, restart, and choose 'Enroll MOK' on the blue screen; then: {command}</source>
            <translation>运行：sudo mokutil --import {key}，重启，并在蓝屏上选择“Enroll MOK”；然后：{command}</translation>
        </message>
        <message>
            <source>v4l2loopback is not loaded, and Secure Boot only loads signed modules.</source>
            <translation>v4l2loopback 未加载，且安全启动只加载已签名的模块。</translation>
        </message>
        <message>
            <source>v4l2loopback is installed but not loaded.</source>
            <translation>v4l2loopback 已安装但未加载。</translation>
        </message>
        <message>
            <source>v4l2loopback is not built for kernel {release}: the kernel headers are missing.</source>
            <translation>v4l2loopback 未为内核 {release} 构建：缺少内核头文件。</translation>
        </message>
        <message>
            <source>Install it with your system's package manager, then run: {command}</source>
            <translation>请用系统的软件包管理器安装，然后运行：{command}</translation>
        </message>
        <message>
            <source>v4l2loopback is not installed.</source>
            <translation>未安装 v4l2loopback。</translation>
        </message>
        <message>
            <source>{devices}, without exclusive_caps: Chrome and Meet do not list it.</source>
            <translation>{devices}，未设置 exclusive_caps：Chrome 和 Meet 不会列出它。</translation>
        </message>
        <message>
            <source>Close programs that use it, then run: {command}</source>
            <translation>请关闭使用它的程序，然后运行：{command}</translation>
        </message>
        <message>
            <source>{devices}: Zoom ignores devices with so high a number.</source>
            <translation>{devices}：Zoom 会忽略编号这么大的设备。</translation>
        </message>
        <message>
            <source>Load v4l2loopback with a lower video_nr.</source>
            <translation>请使用较小的 video_nr 加载 v4l2loopback。</translation>
        </message>
        <message>
            <source>OBS Virtual Camera</source>
            <translation>OBS Virtual Camera</translation>
        </message>
        <message>
            <source>The camera extension of OBS is not approved.</source>
            <translation>OBS 的摄像头扩展未获批准。</translation>
        </message>
        <message>
            <source>Allow it in {settings}, then restart.</source>
            <translation>请在 {settings} 中允许，然后重启。</translation>
        </message>
        <message>
            <source>OBS Studio is not installed.</source>
            <translation>未安装 OBS Studio。</translation>
        </message>
        <message>
            <source>Install OBS Studio 30 or newer in Applications, press 'Start Virtual Camera' in it, then restart.</source>
            <translation>请将 OBS Studio 30 或更新版本安装到“应用程序”，在其中按“启动虚拟摄像机”，然后重启。</translation>
        </message>
        <message>
            <source>The virtual camera of OBS has never been started.</source>
            <translation>OBS 的虚拟摄像机从未启动过。</translation>
        </message>
        <message>
            <source>Start OBS, press 'Start Virtual Camera', allow its extension ({settings}), then restart.</source>
            <translation>启动 OBS，按“启动虚拟摄像机”，允许其扩展（{settings}），然后重启。</translation>
        </message>
        <message>
            <source>Install OBS Studio 26 or newer from obsproject.com, then start and stop its virtual camera once.</source>
            <translation>从 obsproject.com 安装 OBS Studio 26 或更新版本，然后启动并停止一次其虚拟摄像机。</translation>
        </message>
        <message>
            <source>Start OBS once as administrator, press 'Start Virtual Camera', then stop it.</source>
            <translation>以管理员身份启动一次 OBS，按“启动虚拟摄像机”，然后停止。</translation>
        </message>
        <message>
            <source>set the options</source>
            <translation>设置选项</translation>
        </message>
        <message>
            <source>load it at each start</source>
            <translation>每次开机时加载</translation>
        </message>
        <message>
            <source>unload the module</source>
            <translation>卸载模块</translation>
        </message>
        <message>
            <source>remove the options, and do not load it at each start</source>
            <translation>移除选项，且不再每次开机加载</translation>
        </message>
        <message>
            <source>build it for kernel {release}</source>
            <translation>为内核 {release} 构建</translation>
        </message>
        <message>
            <source>install the module</source>
            <translation>安装模块</translation>
        </message>
        <message>
            <source>unload it: its options cannot change while it is loaded</source>
            <translation>卸载：加载期间无法更改选项</translation>
        </message>
        <message>
            <source>load it now</source>
            <translation>立即加载</translation>
        </message>
        <message>
            <source>A picture of shape {shape} was sent where {size} is expected.</source>
            <translation>发送了形状为 {shape} 的图像，但应为 {size}。</translation>
        </message>
        <message>
            <source>Open the sink again.</source>
            <translation>请重新打开输出目标。</translation>
        </message>
        <message>
            <source>{name} has sound, but files of this kind cannot hold it.</source>
            <translation>{name} 含有声音，但此类文件无法保存声音。</translation>
        </message>
        <message>
            <source>its codec is unknown</source>
            <translation>编解码器未知</translation>
        </message>
        <message>
            <source>The sound of {name} is lost from here on: {reason}.</source>
            <translation>{name} 的声音从此处起丢失：{reason}。</translation>
        </message>
        <message>
            <source>{file} is not the name of a video that can be written.</source>
            <translation>{file} 不是可写入的视频文件名。</translation>
        </message>
        <message>
            <source>End it in one of: {suffixes}.</source>
            <translation>请使用以下扩展名之一：{suffixes}。</translation>
        </message>
        <message>
            <source>{path} is a folder.</source>
            <translation>{path} 是文件夹。</translation>
        </message>
        <message>
            <source>Choose a file to write.</source>
            <translation>请选择要写入的文件。</translation>
        </message>
        <message>
            <source>Create it first.</source>
            <translation>请先创建。</translation>
        </message>
        <message>
            <source>The virtual camera {name} is closed.</source>
            <translation>虚拟摄像头 {name} 已关闭。</translation>
        </message>
        <message>
            <source>The virtual camera {name} was lost: {reason}.</source>
            <translation>虚拟摄像头 {name} 丢失：{reason}。</translation>
        </message>
        <message>
            <source>Cannot open the virtual camera {device}: {reason}.</source>
            <translation>无法打开虚拟摄像头 {device}：{reason}。</translation>
        </message>
        <message>
            <source>Cannot open a virtual camera: {reason}.</source>
            <translation>无法打开虚拟摄像头：{reason}。</translation>
        </message>
        <message>
            <source>No home folder is known for this user.</source>
            <translation>无法确定此用户的主文件夹。</translation>
        </message>
        <message>
            <source>Set HOME to a folder that you can write to.</source>
            <translation>请将 HOME 设为您有写入权限的文件夹。</translation>
        </message>
        <message>
            <source>'{text}' is not the address of a host.</source>
            <translation>“{text}”不是主机地址。</translation>
        </message>
        <message>
            <source>Write it as wss://NAME:PORT.</source>
            <translation>请写成 wss://主机名:端口 的形式。</translation>
        </message>
        <message>
            <source>The host {host} has another model.</source>
            <translation>主机 {host} 使用的是另一个模型。</translation>
        </message>
        <message>
            <source>Choose its model with --model.</source>
            <translation>请用 --model 选择主机的模型。</translation>
        </message>
        <message>
            <source>The certificate of {host} is trusted from now on. Its fingerprint is {fingerprint}.</source>
            <translation>从现在起信任 {host} 的证书。其指纹为 {fingerprint}。</translation>
        </message>
        <message>
            <source>The certificate of {host} is not the one that was seen first.</source>
            <translation>{host} 的证书与首次连接时的不同。</translation>
        </message>
        <message>
            <source>If the host was set up again, delete its entry in {file}.</source>
            <translation>如果主机已重新设置，请删除 {file} 中它的条目。</translation>
        </message>
        <message>
            <source>The host {host} cannot be reached: {reason}.</source>
            <translation>无法连接主机 {host}：{reason}。</translation>
        </message>
        <message>
            <source>Check the address and the network.</source>
            <translation>请检查地址和网络。</translation>
        </message>
        <message>
            <source>The host {host} does not accept the token.</source>
            <translation>主机 {host} 不接受该令牌。</translation>
        </message>
        <message>
            <source>Ask its operator for a token.</source>
            <translation>请向主机的管理员索取令牌。</translation>
        </message>
        <message>
            <source>The host {host} is full.</source>
            <translation>主机 {host} 已满。</translation>
        </message>
        <message>
            <source>Try again later, or give another host.</source>
            <translation>请稍后重试，或指定其他主机。</translation>
        </message>
        <message>
            <source>The host {host} refused the session with the status {status}.</source>
            <translation>主机 {host} 以状态码 {status} 拒绝了会话。</translation>
        </message>
        <message>
            <source>The host does not answer in time. This computer draws the portrait.</source>
            <translation>主机未能及时响应。改由本机绘制肖像。</translation>
        </message>
        <message>
            <source>The host draws the portrait again.</source>
            <translation>主机已恢复绘制肖像。</translation>
        </message>
        <message>
            <source>The token file {file} cannot be read: {reason}.</source>
            <translation>无法读取令牌文件 {file}：{reason}。</translation>
        </message>
        <message>
            <source>It has one token per line.</source>
            <translation>该文件每行一个令牌。</translation>
        </message>
        <message>
            <source>The token file {file} has no usable token.</source>
            <translation>令牌文件 {file} 中没有可用的令牌。</translation>
        </message>
        <message>
            <source>Write one token per line.</source>
            <translation>请每行写一个令牌。</translation>
        </message>
        <message>
            <source>There is no graph '{graph}'.</source>
            <translation>没有图“{graph}”。</translation>
        </message>
        <message>
            <source>{runtime} could not run '{graph}': {reason}</source>
            <translation>{runtime} 无法运行“{graph}”：{reason}</translation>
        </message>
        <message>
            <source>Use another runtime (--runtime), or run 'avatarify doctor'.</source>
            <translation>请使用其他运行时（--runtime），或运行“avatarify doctor”。</translation>
        </message>
        <message>
            <source>The package cuda-python is not installed.</source>
            <translation>未安装软件包 cuda-python。</translation>
        </message>
        <message>
            <source>Run: pip install cuda-python</source>
            <translation>运行：pip install cuda-python</translation>
        </message>
        <message>
            <source>No NVIDIA driver found: {reason}</source>
            <translation>未找到 NVIDIA 驱动程序：{reason}</translation>
        </message>
        <message>
            <source>Could not allocate {size} MB of GPU memory: {reason}</source>
            <translation>无法分配 {size} MB 显存：{reason}</translation>
        </message>
        <message>
            <source>Close other programs.</source>
            <translation>请关闭其他程序。</translation>
        </message>
        <message>
            <source>CUDA error {code}, {reason}.</source>
            <translation>CUDA 错误 {code}，{reason}。</translation>
        </message>
        <message>
            <source>ONNX Runtime is not installed.</source>
            <translation>未安装 ONNX Runtime。</translation>
        </message>
        <message>
            <source>Run: pip install onnxruntime</source>
            <translation>运行：pip install onnxruntime</translation>
        </message>
        <message>
            <source>ONNX Runtime cannot open {file}: {reason}.</source>
            <translation>ONNX Runtime 无法打开 {file}：{reason}。</translation>
        </message>
        <message>
            <source>Use --runtime torch.</source>
            <translation>请使用 --runtime torch。</translation>
        </message>
        <message>
            <source>This ONNX Runtime has no {provider}.</source>
            <translation>此 ONNX Runtime 没有 {provider}。</translation>
        </message>
        <message>
            <source>OpenVINO cannot compile the model: {reason}.</source>
            <translation>OpenVINO 无法编译模型：{reason}。</translation>
        </message>
        <message>
            <source>no NVIDIA driver found</source>
            <translation>未找到 NVIDIA 驱动程序</translation>
        </message>
        <message>
            <source>the package torch is not installed (pip install 'avatarify[cuda]')</source>
            <translation>未安装软件包 torch（pip install 'avatarify[cuda]'）</translation>
        </message>
        <message>
            <source>the package is not installed (pip install 'avatarify[{name}]')</source>
            <translation>未安装软件包（pip install 'avatarify[{name}]'）</translation>
        </message>
        <message>
            <source>the package cuda-python is not installed (pip install cuda-python)</source>
            <translation>未安装软件包 cuda-python（pip install cuda-python）</translation>
        </message>
        <message>
            <source>{gpu} has {size} MB of memory, and {least} MB are needed</source>
            <translation>{gpu} 有 {size} MB 显存，需要 {least} MB</translation>
        </message>
        <message>
            <source>the NVIDIA driver supports CUDA {cuda}, and {least} is needed (driver {driver} or newer)</source>
            <translation>NVIDIA 驱动程序支持 CUDA {cuda}，需要 {least}（驱动程序 {driver} 或更新版本）</translation>
        </message>
        <message>
            <source>{gpu} has compute capability {capability}, and TensorRT-RTX supports {supported}</source>
            <translation>{gpu} 的计算能力为 {capability}，TensorRT-RTX 支持 {supported}</translation>
        </message>
        <message>
            <source>{gpu} has compute capability {capability}, and {least} (Turing) or newer is needed</source>
            <translation>{gpu} 的计算能力为 {capability}，需要 {least}（Turing）或更高</translation>
        </message>
        <message>
            <source>{name} is not installed.</source>
            <translation>未安装 {name}。</translation>
        </message>
        <message>
            <source>Run: pip install 'avatarify[{name}]'</source>
            <translation>运行：pip install 'avatarify[{name}]'</translation>
        </message>
        <message>
            <source>{runtime} rejected the engine {graph}: {reason}</source>
            <translation>{runtime} 拒绝了引擎 {graph}：{reason}</translation>
        </message>
        <message>
            <source>Run 'avatarify doctor', or 'avatarify build-engines --target {runtime} --force'.</source>
            <translation>请运行“avatarify doctor”或“avatarify build-engines --target {runtime} --force”。</translation>
        </message>
        <message>
            <source>{runtime} cannot execute {graph}: {reason}</source>
            <translation>{runtime} 无法执行 {graph}：{reason}</translation>
        </message>
        <message>
            <source>TensorRT refused: {reason}</source>
            <translation>TensorRT 拒绝：{reason}</translation>
        </message>
        <message>
            <source>torch finds no CUDA device.</source>
            <translation>torch 未找到 CUDA 设备。</translation>
        </message>
        <message>
            <source>Run 'avatarify doctor' to see why.</source>
            <translation>运行“avatarify doctor”查看原因。</translation>
        </message>
        <message>
            <source>The settings cannot be saved in {folder}: {reason}.</source>
            <translation>无法将设置保存到 {folder}：{reason}。</translation>
        </message>
        <message>
            <source>Make the folder writable, or set AVATARIFY_CONFIG to another folder.</source>
            <translation>请使文件夹可写，或将 AVATARIFY_CONFIG 设为其他文件夹。</translation>
        </message>
        <message>
            <source>The system library {library} is missing.</source>
            <translation>缺少系统库 {library}。</translation>
        </message>
        <message>
            <source>Install the package that contains it.</source>
            <translation>请安装包含该库的软件包。</translation>
        </message>
        <message>
            <source>Cannot run pkexec: {reason}.</source>
            <translation>无法运行 pkexec:{reason}。</translation>
        </message>
        <message>
            <source>Run the commands yourself in a terminal, each with sudo in front.</source>
            <translation>请在终端中自行运行这些命令,每条前面加上 sudo。</translation>
        </message>
        <message>
            <source>Nothing was changed: the password was not given.</source>
            <translation>未输入密码,未做任何更改。</translation>
        </message>
        <message>
            <source>The set-up failed: {output}</source>
            <translation>设置失败:{output}</translation>
        </message>
        <message>
            <source>Cannot connect to the display '{display}'.</source>
            <translation>无法连接到显示器“{display}”。</translation>
        </message>
        <message>
            <source>Log in to a desktop, or use 'avatarify run', which needs no display.</source>
            <translation>请登录桌面，或使用不需要显示器的“avatarify run”。</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>正在开始…</translation>
        </message>
        <message>
            <source>Cannot rename {portrait}: {reason}.</source>
            <translation>无法重命名 {portrait}：{reason}。</translation>
        </message>
        <message>
            <source>Cannot delete {portrait}: {reason}.</source>
            <translation>无法删除 {portrait}：{reason}。</translation>
        </message>
        <message>
            <source>Cannot restore {portrait}: {reason}.</source>
            <translation>无法恢复 {portrait}：{reason}。</translation>
        </message>
        <message>
            <source>Cannot save {portrait} to the portraits folder: {reason}.</source>
            <translation>无法将 {portrait} 保存到肖像文件夹：{reason}。</translation>
        </message>
        <message>
            <source>Free some disk space, or close the program that uses the file.</source>
            <translation>请释放一些磁盘空间，或关闭正在使用该文件的程序。</translation>
        </message>
        <message>
            <source>Cannot create the folder {folder}: {reason}.</source>
            <translation>无法创建文件夹 {folder}：{reason}。</translation>
        </message>
        <message>
            <source>Cannot write the snapshot {file}.</source>
            <translation>无法写入截图 {file}。</translation>
        </message>
        <message>
            <source>Free some disk space or choose another folder.</source>
            <translation>请释放一些磁盘空间或选择其他文件夹。</translation>
        </message>
        <message>
            <source>The manifest {file} cannot be read: {reason}.</source>
            <translation>无法读取清单 {file}：{reason}。</translation>
        </message>
        <message>
            <source>The manifest {file} is not valid: {reason}.</source>
            <translation>清单 {file} 无效：{reason}。</translation>
        </message>
        <message>
            <source>Import or download the model again.</source>
            <translation>请重新导入或下载模型。</translation>
        </message>
        <message>
            <source>The weights {file} cannot be read: {reason}.</source>
            <translation>无法读取权重 {file}：{reason}。</translation>
        </message>
        <message>
            <source>The weights {file} are damaged: their SHA-256 differs from the manifest's.</source>
            <translation>权重 {file} 已损坏：SHA-256 与清单不符。</translation>
        </message>
        <message>
            <source>it must be an object with the keys {keys}</source>
            <translation>必须是含有键 {keys} 的对象</translation>
        </message>
        <message>
            <source>the model's name is not its folder's, '{folder}'</source>
            <translation>模型名称与其文件夹名“{folder}”不一致</translation>
        </message>
        <message>
            <source>its kind is none of {kinds}</source>
            <translation>其类型不属于 {kinds}</translation>
        </message>
        <message>
            <source>its config is not an object</source>
            <translation>其配置不是对象</translation>
        </message>
        <message>
            <source>its file is not the plain name of a safetensors file</source>
            <translation>其文件不是 safetensors 文件的普通名称</translation>
        </message>
        <message>
            <source>its sha256 is not 64 hexadecimal digits</source>
            <translation>其 sha256 不是 64 位十六进制数字</translation>
        </message>
        <message>
            <source>There is no model '{name}'.</source>
            <translation>没有名为“{name}”的模型。</translation>
        </message>
        <message>
            <source>No models are installed: reinstall Avatarify.</source>
            <translation>未安装任何模型：请重新安装 Avatarify。</translation>
        </message>
    </context>
    <context>
        <name>Notice</name>
        <message>
            <source>Unexpected error: {}.</source>
            <translation>意外错误：{}</translation>
        </message>
        <message>
            <source>Restart Avatarify. If it happens again, report it.</source>
            <translation>请重新启动 Avatarify。若再次发生，请报告。</translation>
        </message>
    </context>
    <context>
        <name>NoticeStrip</name>
        <message>
            <source>Dismiss</source>
            <translation>关闭</translation>
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
            <translation>Avatarify 输出</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
    </context>
    <context>
        <name>Page</name>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Copy to clipboard</source>
            <translation>复制到剪贴板</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
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
            <translation>新肖像</translation>
        </message>
        <message>
            <source>This image is not on this computer: {}</source>
            <translation>此图片不在本机上：{}</translation>
        </message>
        <message>
            <source>Avatarify does not download it. Copy the image in your browser, then paste it here.</source>
            <translation>Avatarify 不会下载它。请在浏览器中复制图片，然后粘贴到这里。</translation>
        </message>
        <message>
            <source>That does not contain an image.</source>
            <translation>其中没有图片。</translation>
        </message>
        <message>
            <source>Copy an image, then paste it here.</source>
            <translation>请先复制图片，再粘贴到此处。</translation>
        </message>
        <message>
            <source>{} deleted.</source>
            <translation>已删除 {}。</translation>
        </message>
        <message>
            <source>Cannot read {} as an image.</source>
            <translation>无法将 {} 作为图片读取。</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, WebP, BMP, or TIFF image.</source>
            <translation>请使用 PNG、JPEG、WebP、BMP 或 TIFF 图片。</translation>
        </message>
    </context>
    <context>
        <name>PreferencesPage</name>
        <message>
            <source>Preferences</source>
            <translation>首选项</translation>
        </message>
        <message>
            <source>System default</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>主题(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>语言(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Model</source>
            <translation>模型(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Runtime</source>
            <translation>运行时(&amp;R)</translation>
        </message>
        <message>
            <source>Fastest available</source>
            <translation>可用的最快者</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <source>First face in view</source>
            <translation>最先出现的人脸</translation>
        </message>
        <message>
            <source>&amp;Neutral frame</source>
            <translation>中性帧(&amp;N)</translation>
        </message>
        <message>
            <source>Always best quality</source>
            <translation>始终使用最佳质量</translation>
        </message>
        <message>
            <source>Off: detail is reduced while this computer is too slow or too busy for the camera's frame rate.</source>
            <translation>关闭时：当此计算机跟不上摄像头的帧率时会降低细节。</translation>
        </message>
        <message>
            <source>A new language takes effect when you reopen Avatarify; a new model, runtime, or quality at the next start.</source>
            <translation>新语言在重新打开 Avatarify 后生效；新的模型、运行时或质量在下次开始时生效。</translation>
        </message>
    </context>
    <context>
        <name>Preview</name>
        <message>
            <source>Preview: what others see</source>
            <translation>预览：他人看到的画面</translation>
        </message>
        <message>
            <source>Your real face is being sent</source>
            <translation>正在发送你的真实面容</translation>
        </message>
        <message>
            <source>Frozen</source>
            <translation>已冻结</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>正在开始…</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>画面中没有人脸</translation>
        </message>
        <message>
            <source>Camera lost, reconnecting</source>
            <translation>摄像头断开，正在重新连接</translation>
        </message>
        <message>
            <source>Camera in use by another program</source>
            <translation>摄像头正被其他程序使用</translation>
        </message>
        <message>
            <source>Camera frozen, reconnecting</source>
            <translation>摄像头画面冻结，正在重新连接</translation>
        </message>
        <message>
            <source>Camera covered or dark</source>
            <translation>摄像头被遮住或画面过暗</translation>
        </message>
        <message>
            <source>Output lost, reconnecting</source>
            <translation>输出断开，正在重新连接</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>正在停止…</translation>
        </message>
        <message>
            <source>Not running</source>
            <translation>未运行</translation>
        </message>
    </context>
    <context>
        <name>ReadyStep</name>
        <message>
            <source>Press Start here first. Then choose the camera in the meeting app:</source>
            <translation>请先在这里按“开始”,然后在会议软件中选择摄像头:</translation>
        </message>
        <message>
            <source>Preparation</source>
            <translation>准备</translation>
        </message>
        <message>
            <source>Everything is prepared.</source>
            <translation>一切已准备就绪。</translation>
        </message>
    </context>
    <context>
        <name>Recordings</name>
        <message>
            <source>Recording saved: {}</source>
            <translation>录像已保存：{}</translation>
        </message>
        <message>
            <source>Snapshot saved: {}</source>
            <translation>截图已保存：{}</translation>
        </message>
        <message>
            <source>Nothing had been recorded yet.</source>
            <translation>尚未录下任何内容。</translation>
        </message>
    </context>
    <context>
        <name>ReportPage</name>
        <message>
            <source>Report</source>
            <translation>报告</translation>
        </message>
        <message>
            <source>This is the whole report. Copy it into a message if you want someone to look at it.</source>
            <translation>这是完整的报告。若想让他人查看，请复制到消息中。</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Delete this report</source>
            <translation>删除此报告</translation>
        </message>
    </context>
    <context>
        <name>SessionWatch</name>
        <message>
            <source>This computer is too slow or too busy: {} of {} frames a second are shown.</source>
            <translation>这台计算机太慢或太忙:每秒显示 {} 帧,共 {} 帧。</translation>
        </message>
        <message>
            <source>Close other programs, or choose a smaller output.</source>
            <translation>请关闭其他程序,或选择较小的输出尺寸。</translation>
        </message>
        <message>
            <source>Poor neutral match ({}%).</source>
            <translation>中性表情匹配度低（{}%）。</translation>
        </message>
        <message>
            <source>Look straight ahead with your mouth closed and eyes open.</source>
            <translation>请闭上嘴、睁开眼睛，直视前方。</translation>
        </message>
    </context>
    <context>
        <name>SetUp</name>
        <message>
            <source>Run the commands above; the system asks for your password</source>
            <translation>运行上面的命令;系统会要求输入密码</translation>
        </message>
        <message>
            <source>Set it up</source>
            <translation>立即设置</translation>
        </message>
        <message>
            <source>How to get a virtual camera on this system</source>
            <translation>如何在此系统上获得虚拟摄像头</translation>
        </message>
        <message>
            <source>Show how…</source>
            <translation>查看方法…</translation>
        </message>
        <message>
            <source>These commands run as administrator:</source>
            <translation>以下命令将以管理员身份运行:</translation>
        </message>
        <message>
            <source>The virtual camera is ready.</source>
            <translation>虚拟摄像头已就绪。</translation>
        </message>
        <message>
            <source>Meeting apps see Avatarify through a virtual camera. There is none yet.</source>
            <translation>会议软件通过虚拟摄像头显示 Avatarify。目前还没有虚拟摄像头。</translation>
        </message>
        <message>
            <source>The system cannot ask for the password: copy the commands.</source>
            <translation>系统无法询问密码:请复制命令。</translation>
        </message>
        <message>
            <source>The commands are running.</source>
            <translation>命令正在运行。</translation>
        </message>
        <message>
            <source>Setting up; this can take some minutes…</source>
            <translation>正在设置;可能需要几分钟…</translation>
        </message>
    </context>
    <context>
        <name>Side</name>
        <message>
            <source>Portraits and controls</source>
            <translation>肖像与控制</translation>
        </message>
        <message>
            <source>Portraits</source>
            <translation>肖像</translation>
        </message>
        <message>
            <source>Adjust</source>
            <translation>调整</translation>
        </message>
    </context>
    <context>
        <name>SpeedCheck</name>
        <message>
            <source>Check the speed</source>
            <translation>检查速度</translation>
        </message>
        <message>
            <source>Animate the demo clip for about ten seconds</source>
            <translation>用演示片段运行约十秒</translation>
        </message>
        <message>
            <source>The speed is being measured.</source>
            <translation>正在测量速度。</translation>
        </message>
        <message>
            <source>Stop the session first: it would slow the measurement down.</source>
            <translation>请先停止会话:否则会影响测量。</translation>
        </message>
        <message>
            <source>There is no portrait to animate.</source>
            <translation>没有可用的肖像。</translation>
        </message>
        <message>
            <source>Measuring…</source>
            <translation>正在测量…</translation>
        </message>
    </context>
    <context>
        <name>State</name>
        <message>
            <source>Idle</source>
            <translation>空闲</translation>
        </message>
        <message>
            <source>Starting</source>
            <translation>正在启动</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>运行中</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>画面中没有人脸</translation>
        </message>
        <message>
            <source>Camera lost</source>
            <translation>摄像头断开</translation>
        </message>
        <message>
            <source>Camera in use</source>
            <translation>摄像头被占用</translation>
        </message>
        <message>
            <source>Camera frozen</source>
            <translation>摄像头静止</translation>
        </message>
        <message>
            <source>Camera covered</source>
            <translation>摄像头被遮住</translation>
        </message>
        <message>
            <source>Output lost</source>
            <translation>输出丢失</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>正在停止</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>失败</translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message>
            <source>Status</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>画面中没有人脸</translation>
        </message>
        <message>
            <source>Frame rate</source>
            <translation>帧率</translation>
        </message>
        <message>
            <source>Added latency</source>
            <translation>附加延迟</translation>
        </message>
        <message>
            <source>Dropped</source>
            <translation>丢帧</translation>
        </message>
        <message>
            <source>Neutral match</source>
            <translation>中性匹配</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Runtime and device are selected at start</source>
            <translation>运行时和设备在开始时选择</translation>
        </message>
        <message>
            <source>Running slowly</source>
            <translation>运行缓慢</translation>
        </message>
        <message>
            <source>{} on {}: {}</source>
            <translation>{}，{}：{}</translation>
        </message>
        <message>
            <source>The picture is {} ms behind your voice: close other programs, or choose a smaller output.</source>
            <translation>画面比声音慢 {} 毫秒:请关闭其他程序,或选择较小的输出尺寸。</translation>
        </message>
    </context>
    <context>
        <name>Transport</name>
        <message>
            <source>Start or stop sending the animated portrait</source>
            <translation>开始或停止发送动态肖像</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>重新校准</translation>
        </message>
        <message>
            <source>Best frame</source>
            <translation>最佳帧</translation>
        </message>
        <message>
            <source>Freeze</source>
            <translation>冻结</translation>
        </message>
        <message>
            <source>Snapshot</source>
            <translation>截图</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>录制</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>Available while a session runs.</source>
            <translation>会话运行时可用。</translation>
        </message>
        <message>
            <source>The session is starting or stopping.</source>
            <translation>会话正在启动或停止。</translation>
        </message>
        <message>
            <source>First read and accept how pictures of people are used.</source>
            <translation>请先阅读并同意人物图像的使用方式。</translation>
        </message>
        <message>
            <source>Choose a portrait first.</source>
            <translation>请先选择肖像。</translation>
        </message>
    </context>
    <context>
        <name>Tray</name>
        <message>
            <source>Show window</source>
            <translation>显示窗口</translation>
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
            <translation>开始</translation>
        </message>
    </context>
    <context>
        <name>VirtualCameraPage</name>
        <message>
            <source>Virtual camera</source>
            <translation>虚拟摄像头</translation>
        </message>
        <message>
            <source>On Linux, the kernel module v4l2loopback provides the virtual camera. To install it yourself:</source>
            <translation>在 Linux 上，内核模块 v4l2loopback 提供虚拟摄像头。自行安装：</translation>
        </message>
        <message>
            <source>Load it after each reboot (Chrome and Meet need exclusive_caps=1):</source>
            <translation>每次重启后加载（Chrome 和 Meet 需要 exclusive_caps=1）：</translation>
        </message>
        <message>
            <source>With Secure Boot, the module must be signed; otherwise modprobe reports “Key was rejected by service”.</source>
            <translation>启用安全启动时模块必须签名：否则 modprobe 会提示“Key was rejected by service”。</translation>
        </message>
        <message>
            <source>1. Install OBS Studio 26 or newer from obsproject.com.</source>
            <translation>1. 从 obsproject.com 安装 OBS Studio 26 或更新版本。</translation>
        </message>
        <message>
            <source>2. Start OBS once, click “Start Virtual Camera”, then stop it and close OBS.</source>
            <translation>2. 启动一次 OBS，按“启动虚拟摄像机”，然后停止并关闭 OBS。</translation>
        </message>
        <message>
            <source>3. Return to this page and check again. Only one program can use the OBS camera at a time.</source>
            <translation>3. 返回此处重新查找。OBS 摄像头同一时间只能由一个程序使用。</translation>
        </message>
        <message>
            <source>1. Install OBS Studio 30 or newer in the Applications folder.</source>
            <translation>1. 将 OBS Studio 30 或更新版本安装到“应用程序”文件夹。</translation>
        </message>
        <message>
            <source>2. Start OBS, click “Start Virtual Camera”, and allow its extension in System Settings.</source>
            <translation>2. 启动 OBS，按“启动虚拟摄像机”，并在系统设置中允许其扩展。</translation>
        </message>
        <message>
            <source>3. Restart the computer, then return to this page and check again.</source>
            <translation>3. 重新启动电脑，然后返回此处重新查找。</translation>
        </message>
        <message>
            <source>In the meeting app, select the camera “{}”</source>
            <translation>在会议软件中选择摄像头“{}”</translation>
        </message>
        <message>
            <source>Start Avatarify first. Restart any meeting app that was already open. If the picture is mirrored there, only the app's own preview is mirrored; others see it correctly.</source>
            <translation>请先启动 Avatarify。已打开的会议软件请重新启动。若画面在其中是镜像的，那只是该软件自己的预览；他人看到的是正确的。</translation>
        </message>
        <message>
            <source>Without a virtual camera: a browser source in OBS</source>
            <translation>不使用虚拟摄像头：OBS 的浏览器源</translation>
        </message>
        <message>
            <source>Only programs on this computer can open it. In OBS, add a browser source with this address.</source>
            <translation>只有本机的程序可以打开。在 OBS 中用此地址添加浏览器源。</translation>
        </message>
        <message>
            <source>Send to {}</source>
            <translation>发送到 {}</translation>
        </message>
        <message>
            <source>Send color bars to the virtual camera for 30 seconds</source>
            <translation>向虚拟摄像头发送 30 秒彩条</translation>
        </message>
        <message>
            <source>Test pattern</source>
            <translation>测试图</translation>
        </message>
        <message>
            <source>Check again</source>
            <translation>重新检查</translation>
        </message>
        <message>
            <source>Check for virtual cameras again</source>
            <translation>重新查找虚拟摄像头</translation>
        </message>
        <message>
            <source>The virtual camera is ready.</source>
            <translation>虚拟摄像头已就绪。</translation>
        </message>
        <message>
            <source>No virtual camera found.</source>
            <translation>未找到虚拟摄像头。</translation>
        </message>
        <message>
            <source>Stop pattern</source>
            <translation>停止测试图</translation>
        </message>
        <message>
            <source>The meeting app should now show color bars with a moving white bar.</source>
            <translation>现在会议软件中应能看到彩条和移动的白条。</translation>
        </message>
        <message>
            <source>The test pattern was sent to {}.</source>
            <translation>测试图已发送到 {}。</translation>
        </message>
        <message>
            <source>Zoom: Settings → Video → Camera</source>
            <translation>Zoom：设置 → 视频 → 摄像头</translation>
        </message>
        <message>
            <source>Meet: ⋮ → Settings → Video → Camera</source>
            <translation>Meet：⋮ → 设置 → 视频 → 摄像头</translation>
        </message>
        <message>
            <source>Teams: Settings → Devices → Camera</source>
            <translation>Teams：设置 → 设备 → 摄像头</translation>
        </message>
    </context>
    <context>
        <name>Welcome</name>
        <message>
            <source>I agree</source>
            <translation>我同意</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>下一步</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>Use this camera</source>
            <translation>使用此摄像头</translation>
        </message>
        <message>
            <source>Use this portrait</source>
            <translation>使用此肖像</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>上一步</translation>
        </message>
        <message>
            <source>Your camera image stays on this computer. Nothing is sent over the network.</source>
            <translation>你的摄像头画面保留在本机，不会通过网络发送任何内容。</translation>
        </message>
        <message>
            <source>Use only faces you have the right to use: your own, works of art, or people who have agreed.</source>
            <translation>只使用你有权使用的脸：你自己的、艺术作品或已同意的人。</translation>
        </message>
        <message>
            <source>The output is marked as an AI avatar. Keep the mark on wherever the output could be taken for real.</source>
            <translation>输出标有 AI 头像标记。在可能被当真的场合请保留标记。</translation>
        </message>
        <message>
            <source>Your own face is never sent unless you ask for it.</source>
            <translation>除非你要求，否则绝不会发送你自己的脸。</translation>
        </message>
        <message>
            <source>Become a painting in your next call</source>
            <translation>在下次通话中化身画作</translation>
        </message>
        <message>
            <source>Which camera shows you?</source>
            <translation>哪个摄像头拍到了您?</translation>
        </message>
        <message>
            <source>Choose a portrait on the right, or drop an image on the window. Then look straight ahead for a moment while Avatarify finds your neutral frame.</source>
            <translation>在右侧选择肖像，或将图片拖放到窗口。然后直视前方片刻，让 Avatarify 找到你的中性帧。</translation>
        </message>
        <message>
            <source>Your portrait</source>
            <translation>你的肖像</translation>
        </message>
        <message>
            <source>Virtual camera</source>
            <translation>虚拟摄像头</translation>
        </message>
        <message>
            <source>In your next call</source>
            <translation>在下一次通话中</translation>
        </message>
        <message>
            <source>Step {} of {}</source>
            <translation>第 {} 步,共 {} 步</translation>
        </message>
        <message>
            <source>Choose a portrait first.</source>
            <translation>请先选择肖像。</translation>
        </message>
    </context>
    <context>
        <name>Wiring</name>
        <message>
            <source>Avatarify quit unexpectedly last time.</source>
            <translation>Avatarify 上次意外退出。</translation>
        </message>
        <message>
            <source>The report stays on this computer; you decide whether to share it.</source>
            <translation>报告保留在本机；是否分享由你决定。</translation>
        </message>
        <message>
            <source>Nothing was deleted.</source>
            <translation>没有删除任何内容。</translation>
        </message>
    </context>
</TS>
